package dev.davit.scripts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the commands that come with Davit are for: the headings, and the order, in which a reader finds them. */
final class Groups {

    private static final Map<String, List<String>> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("Copy and save images", List.of("copy", "sync", "pull", "push", "save", "load", "bundle", "export"));
        NAMES.put("Inspect images", List.of("digest", "manifest", "config", "blob", "history", "size", "files", "tree", "cat",
                "explain", "packages", "diff", "index list", "validate", "check"));
        NAMES.put("Change images", List.of("append", "mutate", "rebase", "flatten", "edit config", "edit fs", "edit manifest",
                "index append", "index filter"));
        NAMES.put("Work on recipes", List.of("plan", "lock", "prove", "bump"));
        NAMES.put("Manage registries", List.of("ls", "tags", "catalog", "search", "tag", "delete", "prune", "gc", "attach",
                "referrers", "serve", "layout gc"));
        NAMES.put("Log in", List.of("login", "logout", "auth get", "auth token"));
        NAMES.put("Davit itself", List.of("version"));
    }

    private Groups() {
    }

    /** Those under each heading; the last heading is for what has no other. */
    static <T> Map<String, List<T>> of(List<T> commands, Function<T, String> name) {
        Map<String, T> left = new LinkedHashMap<>();
        commands.forEach(command -> left.put(name.apply(command), command));
        Map<String, List<T>> groups = new LinkedHashMap<>();
        NAMES.forEach((heading, names) -> {
            List<T> group = new ArrayList<>();
            for (String one : names) {
                T command = left.remove(one);
                if (command != null) {
                    group.add(command);
                }
            }
            groups.put(heading, group);
        });
        groups.put("Other commands", List.copyOf(left.values()));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }
}
