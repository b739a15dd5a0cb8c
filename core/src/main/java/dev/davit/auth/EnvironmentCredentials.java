package dev.davit.auth;

import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code DAVIT_AUTH_REGISTRY_EXAMPLE_COM=user:password}; no two registries have the same variable. */
final class EnvironmentCredentials implements Keychain {

    private static final String PREFIX = "DAVIT_AUTH_";

    private final Map<String, String> environment;

    EnvironmentCredentials(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Credentials credentials(String registry, String path) throws IOException {
        for (String name : registry.equals(Repository.HUB) ? List.of("docker.io", registry) : List.of(registry)) {
            String variable = PREFIX + name.replace("-", "__").replaceAll("[^A-Za-z0-9_]", "_").toUpperCase(Locale.ROOT);
            String value = environment.getOrDefault(variable, "");
            int colon = value.indexOf(':');
            if (colon > 0) {
                return Credentials.of(value.substring(0, colon), value.substring(colon + 1));
            }
            if (!value.isEmpty()) {
                throw new IOException("the variable " + variable + " is malformed: expected USER:PASSWORD");
            }
        }
        return Credentials.anonymous();
    }
}
