package dev.davit.registry;

import dev.davit.ref.Repository;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a request wants to do in a registry.
 *
 * @param path of the repository whose credentials count; empty for the registry as a whole
 * @param actions such as {@code repository:library/nginx:pull}, one action each
 * @see <a href="https://distribution.github.io/distribution/spec/auth/scope/">Token scopes</a>
 */
record Access(String registry, String path, Set<String> actions) {

    Access {
        actions = Collections.unmodifiableSet(new LinkedHashSet<>(actions));
    }

    static Access toRegistry(String registry) {
        return new Access(registry, "", Set.of());
    }

    static Access toCatalog(String registry) {
        return new Access(registry, "", Set.of("registry:catalog:*"));
    }

    static Access pull(Repository repository) {
        return to(repository).and("repository:" + repository.path() + ":pull");
    }

    static Access push(Repository repository) {
        return to(repository).and("repository:" + repository.path() + ":pull,push");
    }

    static Access delete(Repository repository) {
        return to(repository).and("repository:" + repository.path() + ":pull,delete");
    }

    private static Access to(Repository repository) {
        return new Access(repository.registry(), repository.path(), Set.of());
    }

    /** Also what these scopes say, which are divided by spaces: {@code repository:a/b:pull,push registry:catalog:*}. */
    Access and(String scopes) {
        Set<String> more = new LinkedHashSet<>(actions);
        for (String scope : scopes.strip().split("\\s+")) {
            int colon = scope.lastIndexOf(':');
            if (colon > 0) {
                for (String action : scope.substring(colon + 1).split(",")) {
                    more.add(scope.substring(0, colon + 1) + action);
                }
            }
        }
        return new Access(registry, path, more);
    }

    /** One scope for each thing that the actions are about. */
    List<String> scopes() {
        Map<String, String> byThing = new LinkedHashMap<>();
        for (String action : actions) {
            int colon = action.lastIndexOf(':') + 1;
            byThing.merge(action.substring(0, colon), action.substring(colon), (a, b) -> a + "," + b);
        }
        return byThing.entrySet().stream().map(entry -> entry.getKey() + entry.getValue()).toList();
    }
}
