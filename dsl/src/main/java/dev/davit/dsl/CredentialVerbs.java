package dev.davit.dsl;

import dev.davit.auth.Credentials;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who the script is to registries. */
public final class CredentialVerbs {

    private CredentialVerbs() {
    }

    // Credentials

    /**
     * Shows these to a registry, or to a repository and those below it, before all other credentials that are known; the
     * most specific win. They are {@code user:} and {@code password:}, or {@code token:} for what the registry accepts as it
     * is, or {@code identityToken:} for what it exchanges.
     */
    public static void credentials(DavitScript self, Map<String, ?> named, Object where) {
        self.session().accounts().give(where, named);
    }

    /** The credentials that are known for a registry or a repository. */
    public static Credentials credentials(DavitScript self, Object where) throws IOException {
        return self.session().accounts().find(where);
    }

    /** Uses the pull secrets of Kubernetes in a file, in JSON or YAML, or in a folder that a secret is mounted into. */
    public static void pullSecrets(DavitScript self, Object path) throws IOException {
        self.session().accounts().pullSecrets(path);
    }

    /**
     * Uses the pull secrets of the Kubernetes cluster that this runs in: {@code secrets:} by their names, then those of the
     * {@code serviceAccount:}, in a {@code namespace:}. Where nothing is said, those of the account {@code default} here.
     */
    public static void pullSecrets(DavitScript self, Map<String, ?> named) {
        self.session().accounts().pullSecrets(named);
    }

    /**
     * Verifies {@code user:} and {@code password:} with a registry, and keeps them in Docker's configuration, which is
     * returned.
     */
    public static Path login(DavitScript self, Map<String, ?> named, Object registry) throws IOException {
        return self.session().accounts().login(registry, named);
    }

    /** Removes the user's credentials for a registry from Docker's configuration, which is returned. */
    public static Path logout(DavitScript self, Object registry) throws IOException {
        return self.session().accounts().logout(registry);
    }

    /** A token with which its bearer may pull from a repository, for some minutes. */
    public static String token(DavitScript self, Object repository) throws IOException {
        return token(self, Map.of(), repository);
    }

    /** A token that with {@code push: true} also allows to push, and to pull from the repositories in {@code mount:}. */
    public static String token(DavitScript self, Map<String, ?> named, Object repository) throws IOException {
        List<Repository> mounts = new ArrayList<>();
        if (named.get("mount") instanceof Iterable<?> many) {
            many.forEach(mount -> mounts.add(Repository.parse(mount.toString())));
        }
        return self.session().registry().token(Repository.parse(repository.toString()), Boolean.TRUE.equals(named.get("push")),
                mounts.toArray(Repository[]::new));
    }
}
