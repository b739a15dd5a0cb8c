package dev.davit.proof;

import dev.davit.dsl.ScriptSource;
import dev.davit.dsl.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a recipe gives the same bytes under every condition that can be changed here; its text is one page. */
public final class Proof {

    private static final String JDK = "JDK";
    private static final String AGAIN = "nothing but another run: a clock, a random number or the order of a hash";
    private static final String TOGETHER = "several conditions together";

    private final Session session;
    private final Class<?> builder;
    private final Path recipe;
    private final ScriptSource source;
    private final List<String> arguments;
    private final Path caller;
    private final Path folder;
    private final Map<String, String> environment;
    /** What could not be tried, and why. */
    private final List<String> missing = new ArrayList<>();
    private final Map<String, Rebuilt> builds = new LinkedHashMap<>();
    private Map<String, String> difference = Map.of();
    private String cause = "";

    private Proof(Session session, Class<?> builder, Path recipe, String name, List<String> arguments, Path caller, Path folder)
            throws IOException {
        this.session = session;
        this.builder = builder;
        this.recipe = recipe;
        this.source = ScriptSource.read(name, recipe);
        this.arguments = arguments;
        this.caller = caller;
        this.folder = folder;
        this.environment = pinned(session.environment());
    }

    /**
     * Builds a recipe again and again, each time in a JVM of its own, and pushes nothing. If the builds differ, some more
     * tell why.
     *
     * @param builder whose main method builds a recipe and leaves {@link Notes}: it is given the file for them, the recipe's
     *                name and file, where its command line was said, and that
     * @param name what the page calls the recipe
     * @param caller where relative paths among the arguments start
     * @throws IOException also if the recipe does not build here
     */
    public static Proof of(Session session, Class<?> builder, Path recipe, String name, List<String> arguments, Path caller)
            throws IOException {
        Path folder = Files.createTempDirectory("davit-prove").toRealPath();
        try {
            Proof proof = new Proof(session, builder, recipe.toRealPath(), name, arguments, caller.toRealPath(), folder);
            proof.build();
            return proof;
        } finally {
            WorkingCopy.remove(folder);
        }
    }

    /** The variables, with those said that else follow from who the user is: it stays known where caches and logins are. */
    private static Map<String, String> pinned(Map<String, String> environment) {
        Map<String, String> pinned = new LinkedHashMap<>(environment);
        Path home = Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")));
        pinned.put("DAVIT_CACHE", Session.cache(environment).toString());
        pinned.putIfAbsent("DOCKER_CONFIG", home.resolve(".docker").toString());
        pinned.putIfAbsent("XDG_CONFIG_HOME", home.resolve(".config").toString());
        return pinned;
    }

    /** Whether all builds were the same. */
    public boolean isReproducible() {
        return difference.isEmpty();
    }

    /** Fails unless all builds were the same. */
    public void check() {
        if (!isReproducible()) {
            throw new Irreproducible(source.name() + " is not reproducible");
        }
    }

    private void build() throws IOException {
        Rebuilt here = build(Set.of(), Jdks.home());
        builds.put("as here, on Java " + System.getProperty("java.version"), here);
        if (here.failure().isPresent()) {
            throw new IOException(source.name() + " does not build: " + here.failure().get());
        }
        if (here.outputs().isEmpty()) {
            throw new IOException(source.name() + " hands nothing on that could be compared: it neither pushes nor saves");
        }
        Map<String, Path> jdks = new LinkedHashMap<>();
        jdks.put(System.getProperty("java.version"), Jdks.home());
        jdks.putAll(Jdks.others(session.environment()));
        if (jdks.size() == 1) {
            missing.add("another JDK, as there is none; DAVIT_PROVE_JDK names where one is");
        }
        OtherUser.obstacle().ifPresent(why -> missing.add("another user number: " + why));
        for (Map.Entry<String, Path> jdk : jdks.entrySet()) {
            Set<Condition> all = EnumSet.allOf(Condition.class);
            Rebuilt there = build(all, jdk.getValue());
            builds.put("all changed, on Java " + jdk.getKey(), there);
            difference = FirstDifference.between(session.store(), source, here, there);
            if (!difference.isEmpty()) {
                cause = cause(here, all, jdk.getValue());
                return;
            }
        }
    }

    private Rebuilt build(Set<Condition> conditions, Path jdk) throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Launch launch = new Launch(folder.resolve("build"), Jdks.java(jdk), environment, caller);
        conditions.forEach(condition -> condition.applyTo(launch, elsewhere));
        return launch.run(builder, recipe, source.name(), arguments, caller);
    }

    /** Which conditions move it, each by itself. */
    private String cause(Rebuilt here, Set<Condition> changed, Path jdk) throws IOException {
        session.err().println(source.name() + " is not reproducible; finding out what moves it");
        if (moves(here, build(Set.of(), Jdks.home()))) {
            return AGAIN;
        }
        List<String> causes = new ArrayList<>();
        for (Condition condition : changed) {
            if (moves(here, build(Set.of(condition), Jdks.home()))) {
                causes.add(condition.toString());
            }
        }
        if (!jdk.equals(Jdks.home()) && moves(here, build(Set.of(), jdk))) {
            causes.add(JDK);
        }
        return causes.isEmpty() ? TOGETHER : String.join(", ", causes);
    }

    /** Whether a build differs first in the same place as the one whose difference is to be explained. */
    private boolean moves(Rebuilt here, Rebuilt there) throws IOException {
        return place(FirstDifference.between(session.store(), source, here, there)).equals(place(difference));
    }

    /** A difference without what was found there. */
    private static Map<String, String> place(Map<String, String> difference) {
        Map<String, String> place = new LinkedHashMap<>(difference);
        place.keySet().removeAll(List.of("here", "there"));
        place.replaceAll((name, text) -> name.equals("failure") ? "" : text.replaceFirst(", byte \\d+", ""));
        return place;
    }

    /** The page. */
    @Override
    public String toString() {
        StringBuilder page = new StringBuilder(source.name()).append(isReproducible() ? " is reproducible\n" : " is not reproducible\n");
        if (isReproducible()) {
            page.append('\n');
            builds.values().iterator().next().outputs()
                    .forEach(output -> page.append(output.place()).append("  ").append(output.digest()).append('\n'));
            page.append("\nbuilt ").append(builds.size()).append(" times, the same each time\n");
            builds.keySet().forEach(build -> page.append("  ").append(build).append('\n'));
            page.append("changed: ").append(EnumSet.allOf(Condition.class).stream().map(Condition::toString)
                    .collect(Collectors.joining(", "))).append('\n');
            missing.forEach(one -> page.append("not tried: ").append(one).append('\n'));
            return page.toString();
        }
        page.append('\n');
        for (Map.Entry<String, String> row : difference.entrySet()) {
            if (!row.getKey().equals("line")) {
                row(page, row.getKey(), row.getValue());
            }
        }
        String line = difference.get("line");
        if (line != null) {
            row(page, "made by", source.name() + ":" + line + ": " + text(Integer.parseInt(line)));
        }
        row(page, "moved by", cause);
        return page.toString();
    }

    private @Nullable String text(int line) {
        return source.text().lines().skip(line - 1).findFirst().orElse("").strip();
    }

    private static void row(StringBuilder page, String name, String text) {
        page.append(name).append(" ".repeat(Math.max(1, 10 - name.length()))).append(text.replace("\n", "\n          "))
                .append('\n');
    }
}
