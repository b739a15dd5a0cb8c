package dev.davit.auth;

import dev.davit.ref.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
            return found.isAnonymous() ? found.or(other.credentials(registry, path)) : found;
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
     * All that a machine's user has set up, the first that knows something:
     * <ol>
     * <li>{@code DAVIT_AUTH_HOST=user:password}, where HOST is the registry in capitals, with {@code _} for each dot and
     * colon and {@code __} for each hyphen: {@code DAVIT_AUTH_REGISTRY_EXAMPLE_COM};
     * <li>the pull secrets that {@code DAVIT_PULL_SECRETS} names: a list of paths like {@code PATH}, in which the word
     * {@code cluster} stands for the service account of the Kubernetes cluster that this runs in; see {@link PullSecrets};
     * <li>Docker's {@code config.json}, or its content in {@code DOCKER_AUTH_CONFIG}; then Podman's {@code auth.json}: that
     * of {@code REGISTRY_AUTH_FILE}, of {@code XDG_RUNTIME_DIR} and of {@code XDG_CONFIG_HOME};
     * <li>{@code GITHUB_TOKEN}, and {@code GITHUB_ACTOR}, for {@code ghcr.io};
     * <li>the identity that this machine or its environment has with Google, Amazon or Azure, for their registries.
     * </ol>
     * Files are read anew at each call. What Google, Amazon and Azure issue is kept until it expires.
     *
     * @param environment decides where the files are, and where helper programs are looked for
     * @param warnings told, each text once, when a credential store or an issuer fails, which counts as knowing nothing;
     *                 the text form of the anonymous credentials tells it, too
     * @see <a href="https://docs.docker.com/reference/cli/docker/login/#credential-stores">Credential stores</a>
     */
    static Keychain standard(Map<String, String> environment, Consumer<String> warnings) {
        Set<String> told = ConcurrentHashMap.newKeySet();
        Consumer<String> once = warning -> {
            if (told.add(warning)) {
                warnings.accept(warning);
            }
        };
        Keychain keychain = new EnvironmentCredentials(environment);
        for (String secret : environment.getOrDefault("DAVIT_PULL_SECRETS", "").split(File.pathSeparator)) {
            if (secret.equals("cluster")) {
                keychain = keychain.or(PullSecrets.ofCluster(cluster -> cluster.environment(environment).warnings(once)));
            } else if (!secret.isEmpty()) {
                keychain = keychain.or((registry, path) -> PullSecrets.read(Path.of(secret)).credentials(registry, path));
            }
        }
        keychain = keychain.or(DockerConfig.inEnvironment(environment, once));
        for (Path file : ConfigFiles.in(environment)) {
            keychain = keychain.or(new DockerConfig(file, environment, once));
        }
        Http http = new Http(new EnvironmentProxies(environment));
        return keychain.or(new GitHubToken(environment))
                .or(new IssuedCredentials(new Google(environment, http), once))
                .or(new IssuedCredentials(new AmazonEcr(environment, http), once))
                .or(new IssuedCredentials(new AzureAcr(environment, http), once));
    }
}
