package dev.davit.auth;

import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Access tokens for Google's registries: for the account whose file {@code GOOGLE_APPLICATION_CREDENTIALS} names, or that
 * of {@code gcloud auth application-default login}; else for the account that Google runs this machine with. Files of
 * external accounts are not understood.
 *
 * @see <a href="https://cloud.google.com/docs/authentication/application-default-credentials">The order</a>
 * @see <a href="https://developers.google.com/identity/protocols/oauth2/service-account#httprest">Service accounts</a>
 */
final class Google implements Issuer {

    private static final String TOKEN_ENDPOINT = "https://oauth2.googleapis.com/token";
    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    private static final String USER = "oauth2accesstoken";
    private static final long LIFETIME = 3600;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final Map<String, String> environment;
    private final Http http;

    Google(Map<String, String> environment, Http http) {
        this.environment = environment;
        this.http = http;
    }

    @Override
    public String name() {
        return "Google";
    }

    @Override
    public boolean serves(String registry) {
        return registry.matches("gcr\\.io|.*\\.gcr\\.io|.*\\.pkg\\.dev");
    }

    @Override
    public Optional<Issued> issue(String registry) throws IOException {
        Optional<Path> file = file();
        Optional<Document> answer = file.isPresent() ? Optional.of(ofFile(file.get())) : ofMachine();
        return answer.isPresent() ? Optional.of(issued(answer.get())) : Optional.empty();
    }

    private Optional<Path> file() throws IOException {
        String named = environment.getOrDefault("GOOGLE_APPLICATION_CREDENTIALS", "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        String folder = environment.getOrDefault("CLOUDSDK_CONFIG", "");
        Path gcloud = folder.isEmpty() ? ConfigFiles.home(environment).resolve(".config/gcloud") : Path.of(folder);
        return Optional.of(gcloud.resolve("application_default_credentials.json")).filter(Files::isRegularFile);
    }

    private Document ofFile(Path file) throws IOException {
        Document account = SecretDocument.parse(Files.readAllBytes(file), file.toString());
        String type = account.text("type").orElse("");
        String endpoint = account.text("token_uri").orElse(TOKEN_ENDPOINT);
        Map<String, String> form = new LinkedHashMap<>();
        switch (type) {
            case "service_account" -> {
                form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
                form.put("assertion", assertion(account, file, endpoint));
            }
            case "authorized_user" -> {
                form.put("grant_type", "refresh_token");
                for (String name : new String[] {"client_id", "client_secret", "refresh_token"}) {
                    form.put(name, text(account, file, name));
                }
            }
            default -> throw new IOException(file + ": cannot use an account of type '" + type
                    + "': expected service_account or authorized_user");
        }
        return http.post(endpoint, form);
    }

    private static String text(Document account, Path file, String name) throws IOException {
        return account.text(name).orElseThrow(() -> new IOException(file + ": there is no '" + name + "'"));
    }

    /** What a service account says of itself, with its signature. */
    private static String assertion(Document account, Path file, String endpoint) throws IOException {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "RS256");
        header.put("typ", "JWT");
        account.text("private_key_id").ifPresent(id -> header.put("kid", id));
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", text(account, file, "client_email"));
        claims.put("scope", SCOPE);
        claims.put("aud", endpoint);
        claims.put("iat", now);
        claims.put("exp", now + LIFETIME);
        String said = BASE64.encodeToString(Json.write(header)) + "." + BASE64.encodeToString(Json.write(claims));
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            String key = text(account, file, "private_key").replaceAll("-----[A-Z ]+-----|\\s", "");
            signature.initSign(KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))));
            signature.update(said.getBytes(StandardCharsets.US_ASCII));
            return said + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": the 'private_key' is not an RSA key in PKCS #8"); // the cause may quote it
        }
    }

    private Optional<Document> ofMachine() throws IOException {
        String host = environment.getOrDefault("GCE_METADATA_HOST", "");
        try {
            return Optional.of(http.metadata("http://" + (host.isEmpty() ? "metadata.google.internal" : host)
                    + "/computeMetadata/v1/instance/service-accounts/default/token", Map.of("Metadata-Flavor", "Google")));
        } catch (Http.Absent e) {
            if (!host.isEmpty()) {
                throw e;
            }
            return Optional.empty(); // not a machine of Google's
        } catch (Http.HttpFailure e) {
            if (e.status() == 404) {
                return Optional.empty(); // a machine without an account
            }
            throw e;
        }
    }

    private static Issued issued(Document answer) throws IOException {
        String token = answer.text("access_token").orElseThrow(() -> new IOException("the answer holds no access token"));
        return new Issued(Credentials.of(USER, token),
                Instant.now().plusSeconds(answer.number("expires_in").orElse(LIFETIME)));
    }
}
