package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Identity tokens for Azure's registries: for the service principal that the environment names, with its secret or with a
 * federated token; else for the identity that Azure gives to this machine.
 *
 * @see <a href="https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md">The registries' exchange</a>
 */
final class AzureAcr implements Issuer {

    private static final String RESOURCE = "https://containerregistry.azure.net";
    private static final String AUTHORITY = "https://login.microsoftonline.com";
    private static final String MACHINE = "http://169.254.169.254";
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Map<String, String> environment;
    private final Http http;
    private final UnaryOperator<String> addresses;

    AzureAcr(Map<String, String> environment, Http http) {
        this(environment, http, registry -> "https://" + registry);
    }

    /** @param addresses of registries */
    AzureAcr(Map<String, String> environment, Http http, UnaryOperator<String> addresses) {
        this.environment = environment;
        this.http = http;
        this.addresses = addresses;
    }

    @Override
    public String name() {
        return "Azure";
    }

    @Override
    public boolean serves(String registry) {
        return registry.matches(".+\\.azurecr\\.(io|cn|us)");
    }

    @Override
    public Optional<Issued> issue(String registry) throws IOException {
        boolean isPrincipal = !variable("AZURE_CLIENT_SECRET").isEmpty() || !variable("AZURE_FEDERATED_TOKEN_FILE").isEmpty();
        Optional<Document> identity = isPrincipal ? Optional.of(ofPrincipal()) : ofMachine();
        if (identity.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "access_token");
        form.put("service", registry);
        if (!variable("AZURE_TENANT_ID").isEmpty()) {
            form.put("tenant", variable("AZURE_TENANT_ID"));
        }
        form.put("access_token", identity.get().text("access_token")
                .orElseThrow(() -> new IOException("the answer holds no access token")));
        String token = http.post(addresses.apply(registry) + "/oauth2/exchange", form).text("refresh_token")
                .orElseThrow(() -> new IOException("the registry's answer holds no refresh token"));
        return Optional.of(new Issued(new Credentials.IdentityToken(token), expires(token)));
    }

    private String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    private Document ofPrincipal() throws IOException {
        String authority = variable("AZURE_AUTHORITY_HOST").isEmpty() ? AUTHORITY : variable("AZURE_AUTHORITY_HOST");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", variable("AZURE_CLIENT_ID"));
        form.put("scope", RESOURCE + "/.default");
        if (variable("AZURE_CLIENT_SECRET").isEmpty()) {
            form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            form.put("client_assertion", Files.readString(Path.of(variable("AZURE_FEDERATED_TOKEN_FILE"))).strip());
        } else {
            form.put("client_secret", variable("AZURE_CLIENT_SECRET"));
        }
        return http.post(authority.replaceFirst("/+$", "") + "/" + variable("AZURE_TENANT_ID") + "/oauth2/v2.0/token", form);
    }

    private Optional<Document> ofMachine() throws IOException {
        String client = variable("AZURE_CLIENT_ID");
        String query = "&resource=" + encoded(RESOURCE) + (client.isEmpty() ? "" : "&client_id=" + encoded(client));
        String service = variable("IDENTITY_ENDPOINT"); // that of an app, instead of the machine's
        if (!service.isEmpty()) {
            return Optional.of(http.metadata(service + "?api-version=2019-08-01" + query,
                    Map.of("X-IDENTITY-HEADER", variable("IDENTITY_HEADER"))));
        }
        String named = variable("AZURE_POD_IDENTITY_AUTHORITY_HOST");
        try {
            return Optional.of(http.metadata((named.isEmpty() ? MACHINE : named.replaceFirst("/+$", ""))
                    + "/metadata/identity/oauth2/token?api-version=2018-02-01" + query, Map.of("Metadata", "true")));
        } catch (Http.Absent e) {
            if (!named.isEmpty()) {
                throw e;
            }
            return Optional.empty(); // not a machine of Azure's
        } catch (Http.HttpFailure e) {
            if (e.status() == 404) {
                return Optional.empty(); // another cloud's
            }
            throw e;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** What the token itself says, which is a JSON Web Token. */
    private static Instant expires(String token) {
        String[] parts = token.split("\\.");
        if (parts.length > 1) {
            try {
                byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
                return Instant.ofEpochSecond(Document.parse(claims, "claims").number("exp").orElseThrow());
            } catch (IllegalArgumentException | IOException | java.util.NoSuchElementException e) {
                // As one that says nothing.
            }
        }
        return Instant.now().plus(LIFETIME);
    }
}
