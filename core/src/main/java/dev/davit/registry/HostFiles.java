package dev.davit.registry;

import dev.davit.ref.Repository;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the files of Docker and Podman say of hosts: certificates in {@code certs.d}, mirrors and insecure registries in
 * {@code registries.conf} and {@code daemon.json}. Each is read when it is first needed, and once.
 *
 * @see <a href="https://docs.docker.com/engine/security/certificates/">Docker's certs.d</a>
 * @see <a href="https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md">Podman's certs.d</a>
 */
final class HostFiles {

    private static final String HUB_FOR_PEOPLE = "docker.io";

    private final Path system;
    private final Path home;
    private final Path config;
    private final Map<String, String> environment;
    private volatile List<RegistryRule> rules = List.of();
    private volatile boolean read;

    /** @param system the folder that is {@code /etc} */
    HostFiles(Map<String, String> environment, Path system) {
        this.environment = environment;
        this.system = system;
        this.home = Path.of(value("HOME", System.getProperty("user.home")));
        this.config = Path.of(value("XDG_CONFIG_HOME", home.resolve(".config").toString()));
    }

    private String value(String name, String otherwise) {
        String value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    /** What is said of a host, given with its port if that is not the usual one. */
    HostSettings of(String host) throws IOException {
        HostSettings settings = new HostSettings();
        for (String name : host.equals(Repository.HUB) ? List.of(HUB_FOR_PEOPLE, host) : List.of(host)) {
            for (Path folder : certificateFolders()) {
                if (Files.isDirectory(folder.resolve(name))) {
                    HostSettings found = new HostSettings();
                    certificates(folder.resolve(name), found);
                    settings.inherit(found);
                    break;
                }
            }
        }
        for (RegistryRule rule : rules()) {
            rule.say(host, settings);
        }
        return settings;
    }

    /** The user's folders come first, and of several with this host's name the first one counts. */
    private List<Path> certificateFolders() {
        return List.of(config.resolve("containers/certs.d"), home.resolve(".docker/certs.d"),
                config.resolve("docker/certs.d"), system.resolve("containers/certs.d"), system.resolve("docker/certs.d"));
    }

    private static void certificates(Path folder, HostSettings settings) throws IOException {
        for (Path authority : matching(folder, "*.crt")) {
            settings.ca(authority);
        }
        for (Path certificate : matching(folder, "*.cert")) {
            Path key = folder.resolve(certificate.getFileName().toString().replaceFirst("cert$", "key"));
            if (!Files.exists(key)) {
                throw new IOException(certificate + ": the key to this certificate is missing: expected " + key);
            }
            settings.certificate(certificate, key);
        }
    }

    private static List<Path> matching(Path folder, String pattern) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, pattern)) {
                files.forEach(found::add);
            }
        }
        found.sort(null);
        return found;
    }

    /** The repository's name as the files write it. */
    static String name(Repository repository) {
        return (repository.isOnHub() ? HUB_FOR_PEOPLE : repository.registry()) + "/" + repository.path();
    }

    /** What is said of this repository: the rule with the longest prefix. */
    Optional<RegistryRule> rule(Repository repository) throws IOException {
        String name = name(repository);
        RegistryRule longest = null;
        for (RegistryRule rule : rules()) {
            if (rule.rest(name).isPresent() && (longest == null || rule.prefix().length() > longest.prefix().length())) {
                longest = rule;
            }
        }
        return Optional.ofNullable(longest);
    }

    private List<RegistryRule> rules() throws IOException {
        if (!read) {
            // Of several with the same prefix the last one counts: a drop-in file wins over the main one.
            List<Path> files = new ArrayList<>();
            Path own = config.resolve("containers/registries.conf");
            files.add(Path.of(value("CONTAINERS_REGISTRIES_CONF",
                    (Files.exists(own) ? own : system.resolve("containers/registries.conf")).toString())));
            files.addAll(matching(system.resolve("containers/registries.conf.d"), "*.conf"));
            files.addAll(matching(config.resolve("containers/registries.conf.d"), "*.conf"));
            List<RegistryRule> found = new ArrayList<>();
            for (Path file : files) {
                for (RegistryRule rule : RegistriesFile.read(file)) {
                    found.removeIf(earlier -> earlier.prefix().equals(rule.prefix()));
                    found.add(rule);
                }
            }
            for (Path file : List.of(home.resolve(".docker/daemon.json"), config.resolve("docker/daemon.json"),
                    system.resolve("docker/daemon.json"))) {
                if (Files.exists(file)) {
                    found.addAll(DaemonFile.read(file, found));
                    break;
                }
            }
            rules = found;
            read = true;
        }
        return rules;
    }
}
