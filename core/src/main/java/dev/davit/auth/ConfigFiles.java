package dev.davit.auth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Where the tools keep the credentials of their user, the first choice first. */
final class ConfigFiles {

    private ConfigFiles() {
    }

    static List<Path> in(Map<String, String> environment) {
        List<Path> files = new ArrayList<>();
        files.add(docker(environment));
        if (!value(environment, "REGISTRY_AUTH_FILE", "").isEmpty()) {
            files.add(Path.of(value(environment, "REGISTRY_AUTH_FILE", "")));
        }
        if (!value(environment, "XDG_RUNTIME_DIR", "").isEmpty()) {
            files.add(Path.of(value(environment, "XDG_RUNTIME_DIR", ""), "containers", "auth.json"));
        }
        files.add(Path.of(value(environment, "XDG_CONFIG_HOME", home(environment).resolve(".config").toString()),
                "containers", "auth.json"));
        return files;
    }

    static Path docker(Map<String, String> environment) {
        return Path.of(value(environment, "DOCKER_CONFIG", home(environment).resolve(".docker").toString()), "config.json");
    }

    static Path home(Map<String, String> environment) {
        return Path.of(value(environment, "HOME", System.getProperty("user.home")));
    }

    private static String value(Map<String, String> environment, String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }
}
