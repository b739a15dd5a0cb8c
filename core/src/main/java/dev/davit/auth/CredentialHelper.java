package dev.davit.auth;

import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that keeps credentials: {@code docker-credential-NAME get}, with the server on its standard input; so are
 * {@code store} and {@code erase}.
 *
 * @see <a href="https://github.com/docker/docker-credential-helpers#development">The programs' protocol</a>
 */
final class CredentialHelper {

    private static final int LARGEST_ANSWER = 64 << 10;
    private static final long SECONDS = 60;
    private static final String NOT_FOUND = "credentials not found in native keychain";

    private final String program;
    private final Map<String, String> environment;

    CredentialHelper(String name, Map<String, String> environment) {
        this.program = "docker-credential-" + name;
        this.environment = environment;
    }

    Credentials get(String server) throws IOException {
        Answer answer = ask("get", server, server.getBytes(StandardCharsets.UTF_8));
        return credentials(server, answer);
    }

    void store(String server, Credentials.Password password) throws IOException {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("ServerURL", server);
        entry.put("Username", password.user());
        entry.put("Secret", password.password());
        Answer answer = ask("store", server, Json.write(entry));
        if (answer.status != 0) {
            // What it says is left out: it was told the secret.
            throw failure(server, "cannot store it: status " + answer.status);
        }
    }

    void erase(String server) throws IOException {
        Answer answer = ask("erase", server, server.getBytes(StandardCharsets.UTF_8));
        if (answer.status != 0 && !answer.text().equals(NOT_FOUND)) {
            throw failure(server, "cannot erase it: status " + answer.status);
        }
    }

    private record Answer(int status, byte[] bytes) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8).strip().lines().findFirst().orElse("");
        }
    }

    private Answer ask(String verb, String server, byte[] told) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(find(server).toString(), verb)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(() -> read(process));
            tell(process, told);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw failure(server, "gives no answer within " + SECONDS + " seconds");
            }
            return new Answer(process.exitValue(), answer.get(SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            throw failure(server, "gives no answer that can be read");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(program + " was interrupted");
        } finally {
            process.destroy();
        }
    }

    private Path find(String server) throws IOException {
        if (program.matches("[A-Za-z0-9._-]+")) {
            for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
                for (String suffix : new String[] {"", ".exe"}) {
                    try {
                        Path file = Path.of(folder, program + suffix);
                        if (!folder.isEmpty() && Files.isRegularFile(file) && Files.isExecutable(file)) {
                            return file;
                        }
                    } catch (InvalidPathException e) {
                        break; // such a folder cannot hold it
                    }
                }
            }
        }
        throw failure(server, "is not on the PATH");
    }

    private static byte[] read(Process process) {
        try {
            return process.getInputStream().readNBytes(LARGEST_ANSWER);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tell(Process process, byte[] told) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(told);
        } catch (IOException e) {
            // A program that does not read ends before it is told; what it answers decides.
        }
    }

    private Credentials credentials(String server, Answer answer) throws IOException {
        if (answer.status != 0) {
            String said = answer.text();
            if (said.equals(NOT_FOUND)) {
                return Credentials.anonymous();
            }
            throw failure(server, "fails with status " + answer.status + (said.isEmpty() ? "" : ": " + said));
        }
        Document document = parse(server, answer.bytes);
        String user = document.text("Username").orElse("");
        String secret = document.text("Secret").orElse("");
        if (secret.isEmpty() && user.isEmpty()) {
            return Credentials.anonymous();
        }
        return user.equals("<token>") ? new Credentials.IdentityToken(secret) : Credentials.of(user, secret);
    }

    private Document parse(String server, byte[] answer) throws IOException {
        try {
            return SecretDocument.parse(answer, "the answer");
        } catch (IOException e) {
            throw failure(server, "does not answer with a JSON object");
        }
    }

    private IOException failure(String server, String what) {
        return new IOException("credential helper " + program + ", asked for " + server + ", " + what);
    }
}
