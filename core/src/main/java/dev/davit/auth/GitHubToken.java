package dev.davit.auth;

import java.util.Map;

/**
 * The token that GitHub gives to a workflow, for GitHub's own registry.
 *
 * @see <a href="https://docs.github.com/en/packages/working-with-a-github-packages-registry/working-with-the-container-registry">
 *     The registry</a>
 */
final class GitHubToken implements Keychain {

    private static final String REGISTRY = "ghcr.io";

    private final Map<String, String> environment;

    GitHubToken(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Credentials credentials(String registry, String path) {
        String token = environment.getOrDefault("GITHUB_TOKEN", "");
        String user = environment.getOrDefault("GITHUB_ACTOR", "");
        return token.isEmpty() || !registry.equals(REGISTRY) ? Credentials.anonymous()
                : Credentials.of(user.isEmpty() ? "x-access-token" : user, token); // the name does not matter there
    }
}
