package dev.davit.daemon;

import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the environment says that an engine listens, and where engines listen if it says nothing. */
final class Endpoints {

    private final Map<String, String> environment;
    private final Path home;
    private final Path config;

    Endpoints(Map<String, String> environment) {
        this.environment = environment;
        this.home = Path.of(value("HOME").orElse(System.getProperty("user.home")));
        this.config = value("DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
    }

    private Optional<String> value(String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isEmpty());
    }

    /** The engine of {@code DOCKER_HOST}, of {@code CONTAINER_HOST}, or of docker's context, the first that is said. */
    Optional<Endpoint> chosen() throws IOException {
        Optional<String> docker = value("DOCKER_HOST");
        if (docker.isPresent()) {
            Optional<Path> certificates = value("DOCKER_TLS_VERIFY")
                    .map(yes -> value("DOCKER_CERT_PATH").map(Path::of).orElse(config));
            return Optional.of(Endpoint.parse(docker.get(), "DOCKER_HOST", certificates));
        }
        Optional<String> podman = value("CONTAINER_HOST");
        if (podman.isPresent()) {
            return Optional.of(Endpoint.parse(podman.get(), "CONTAINER_HOST", Optional.empty()));
        }
        Optional<String> context = value("DOCKER_CONTEXT");
        if (context.isEmpty() && Files.isRegularFile(config.resolve("config.json"))) {
            context = read(config.resolve("config.json")).text("currentContext");
        }
        return context.isEmpty() || context.get().equals("default") ? Optional.empty() : Optional.of(context(context.get()));
    }

    /** What {@code docker context create} wrote. */
    private Endpoint context(String name) throws IOException {
        String folder = Digest.of(name.getBytes(StandardCharsets.UTF_8)).hex();
        Path file = config.resolve("contexts").resolve("meta").resolve(folder).resolve("meta.json");
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no docker context '" + name + "': " + file + " does not exist");
        }
        String host = read(file).text("Endpoints", "docker", "Host").orElseThrow(() ->
                new IOException(file + " does not say where the engine of the docker context '" + name + "' is"));
        Path tls = config.resolve("contexts").resolve("tls").resolve(folder).resolve("docker");
        return Endpoint.parse(host, "address in the docker context '" + name + "'",
                Optional.of(tls).filter(Files::isDirectory));
    }

    private static Document read(Path file) throws IOException {
        return Document.parse(Files.readAllBytes(file), file.toString());
    }

    /** Docker's sockets, root's before the user's, then Podman's, the user's before root's. */
    List<Path> usual() {
        List<Path> sockets = new ArrayList<>();
        Optional<Path> runtime = value("XDG_RUNTIME_DIR").map(Path::of);
        sockets.add(Path.of("/var/run/docker.sock"));
        runtime.ifPresent(folder -> sockets.add(folder.resolve("docker.sock")));
        sockets.add(home.resolve(".docker/run/docker.sock"));
        runtime.ifPresent(folder -> sockets.add(folder.resolve("podman/podman.sock")));
        sockets.add(Path.of("/run/podman/podman.sock"));
        return sockets;
    }
}
