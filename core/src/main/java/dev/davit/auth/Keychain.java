package dev.davit.auth;

import dev.davit.ref.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** Knows the credentials for a repository. */
@FunctionalInterface
public interface Keychain {

    /**
     * The credentials, anonymous ones where none are known.
     *
     * @param registry the registry's host name, with its port if it has one
     * @param path the repository's path; empty for what concerns the registry as a whole
     * @throws IOException if there is a configuration that cannot be read
     */
    Credentials credentials(String registry, String path) throws IOException;

    default Credentials credentials(Repository repository) throws IOException {
        return credentials(repository.registry(), repository.path());
    }

    /** This keychain, and where it knows nothing the other one. */
    default Keychain or(Keychain other) {
        return (registry, path) -> {
            Credentials found = credentials(registry, path);
            return found.isAnonymous() ? other.credentials(registry, path) : found;
        };
    }

    static Keychain anonymous() {
        return (registry, path) -> Credentials.anonymous();
    }

    /** These credentials for this registry, and nothing for others. */
    static Keychain of(String registry, Credentials credentials) {
        return (asked, path) -> asked.equals(registry) ? credentials : Credentials.anonymous();
    }

    /**
     * What Docker's {@code config.json} says, and then what Podman's {@code auth.json} says. The files are read anew at
     * each call.
     *
     * @param environment decides where the files are, and where helper programs are looked for
     * @param warnings told when a credential store cannot be asked, which counts as knowing nothing
     * @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">Credential stores</a>
     */
    static Keychain standard(Map<String, String> environment, Consumer<String> warnings) {
        Keychain keychain = anonymous();
        for (Path file : ConfigFiles.in(environment)) {
            keychain = keychain.or(new DockerConfig(file, environment, warnings));
        }
        return keychain;
    }
}
