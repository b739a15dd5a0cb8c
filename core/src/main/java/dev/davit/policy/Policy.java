package dev.davit.policy;

import dev.davit.blob.ContentStore;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Platform;
import dev.davit.look.Packages;
import dev.davit.ref.Reference;
import dev.davit.tar.Entry;
import dev.davit.validate.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What images must be like: rules, each with its name. While {@link #of} runs, its block says them; saying a rule again puts
 * it in the place of the former. Paths that a rule is to leave alone are patterns in which {@code *} stands for anything.
 */
public final class Policy {

    /** A rule of one's own. */
    @FunctionalInterface
    public interface Condition {
        /** The files that offend, or other things; empty if nothing does. */
        List<?> offenders(Image image) throws IOException;
    }

    /** @see <a href="https://github.com/opencontainers/image-spec/blob/main/annotations.md">Annotations</a> */
    private static final String BASE_NAME = "org.opencontainers.image.base.name";
    private static final int SETUID = 04000;
    private static final int SETGID = 02000;
    private static final int STICKY = 01000;
    private static final int WORLD_WRITABLE = 02;

    private final Map<String, Rule> rules = new LinkedHashMap<>();

    private Policy() {
    }

    /** The policy that a block says. */
    public static Policy of(Consumer<Policy> block) {
        Policy policy = new Policy();
        block.accept(policy);
        if (policy.rules.isEmpty()) {
            throw new IllegalArgumentException("check: there is no rule in it; say one, such as notRoot()");
        }
        return policy;
    }

    /** The container runs as a user, by number or by name, who is not root. */
    public void notRoot() {
        rules.put("notRoot", subject -> {
            String said = subject.image().config().user();
            String user = said.replaceFirst(":.*", "");
            if (user.isEmpty()) {
                subject.report("says no user, so it runs as root");
            } else if (Users.isRoot(user, subject.overlay())) {
                subject.report("runs as " + said + ", who is root");
            }
        });
    }

    /** Manifest, config and packed layers together have fewer bytes than this. */
    public void sizeBelow(long bytes) {
        rules.put("sizeBelow", subject -> {
            if (subject.image().size() >= bytes) {
                subject.report("has " + subject.image().size() + " bytes, expected less than " + bytes);
            }
        });
    }

    /** No file runs with the rights of its owner or its group. */
    public void noSetuid(String... except) {
        files("noSetuid", except, entry -> !entry.isDirectory() && (entry.mode() & (SETUID | SETGID)) != 0,
                "runs with the rights of its owner or group");
    }

    /** Nothing is writable by everybody, but directories with the sticky bit, such as {@code /tmp}, and links. */
    public void noWorldWritable(String... except) {
        files("noWorldWritable", except, entry -> !entry.isSymlink() && (entry.mode() & WORLD_WRITABLE) != 0
                && !(entry.isDirectory() && (entry.mode() & STICKY) != 0), "is writable by everybody");
    }

    private void files(String name, String[] except, Predicate<Entry> offends, String problem) {
        Predicate<String> spared = any(except);
        rules.put(name, subject -> {
            for (Entry entry : subject.overlay().entries()) {
                if (offends.test(entry) && !spared.test("/" + entry.path())) {
                    subject.report(entry, problem + ", mode 0" + Integer.toOctalString(entry.mode()));
                }
            }
        });
    }

    /**
     * The annotation {@code org.opencontainers.image.base.name} of the image, or of its index, names one of these, such as
     * {@code docker.io/library/debian:*}.
     */
    public void base(String... patterns) {
        Predicate<String> allowed = any(patterns);
        rules.put("base", subject -> {
            String name = subject.image().annotations().getOrDefault(BASE_NAME,
                    subject.whole().annotations().getOrDefault(BASE_NAME, ""));
            if (name.isEmpty()) {
                subject.report("does not say what it is built on: it has no annotation " + BASE_NAME);
            } else if (!allowed.test(Reference.parse(name).toString().replaceFirst("^index\\.docker\\.io/", "docker.io/"))) {
                subject.report("is built on " + name + ", expected " + String.join(" or ", patterns));
            }
        });
    }

    /** The config has these labels, with a value. */
    public void labels(String... keys) {
        rules.put("labels", subject -> {
            for (String key : keys) {
                if (subject.image().config().labels().getOrDefault(key, "").isBlank()) {
                    subject.report("has no label " + key);
                }
            }
        });
    }

    /**
     * No layer, not even one below others that hide it, has a private key, a token or a password in a file, as far as
     * such things can be told by their form. Reads all layers, in a stream.
     */
    public void noSecrets(String... except) {
        Predicate<String> spared = any(except);
        rules.put("noSecrets", subject -> Secrets.check(subject, spared));
    }

    /** No package of these names is installed, in which {@code *} stands for anything. */
    public void noPackages(String... names) {
        Predicate<String> unwanted = any(names);
        rules.put("noPackages", subject -> Packages.of(subject.overlay(), subject.store()).stream()
                .filter(installed -> unwanted.test(installed.name()))
                .forEach(installed -> subject.report("has the package " + installed.name() + " " + installed.version())));
    }

    /** The image is for one of these platforms. */
    public void platforms(String... allowed) {
        List<Platform> platforms = Arrays.stream(allowed).map(Platform::parse).toList();
        rules.put("platforms", subject -> {
            Platform platform = subject.image().platform();
            if (platforms.stream().noneMatch(platform::satisfies)) {
                subject.report("is for " + platform + ", expected " + String.join(" or ", allowed));
            }
        });
    }

    /** A rule of one's own. */
    public void rule(String name, Condition condition) {
        rules.put(name, subject -> {
            for (Object offender : condition.offenders(subject.image())) {
                if (offender instanceof Entry entry) {
                    subject.report(entry, "must not be so");
                } else {
                    subject.report(String.valueOf(offender));
                }
            }
        });
    }

    /** What of an image, or of any image of an index, is not as it must be. What is no container image is left out. */
    public Verdict check(Artifact artifact, ContentStore store) throws IOException {
        List<Image> images = artifact.images().stream().filter(Image::isContainerImage).toList();
        List<Verdict.Result> results = new ArrayList<>();
        for (Image image : images) {
            if (image.platform().isUnknown()) {
                continue; // an attestation
            }
            String place = "image for " + image.platform();
            Subject subject = new Subject(artifact, image, store, place);
            for (Map.Entry<String, Rule> rule : rules.entrySet()) {
                results.add(new Verdict.Result(rule.getKey(), place, findings(subject, rule.getValue(), place)));
            }
        }
        return new Verdict(results);
    }

    private static List<Finding> findings(Subject subject, Rule rule, String place) throws IOException {
        try {
            return subject.check(rule);
        } catch (IllegalArgumentException e) {
            return List.of(new Finding(place, String.valueOf(e.getMessage())));
        }
    }

    private static Predicate<String> any(String... patterns) {
        List<Pattern> all = Arrays.stream(patterns)
                .map(pattern -> Pattern.compile(Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote)
                        .reduce((a, b) -> a + ".*" + b).orElse(""), Pattern.DOTALL)).toList();
        return text -> all.stream().anyMatch(pattern -> pattern.matcher(text).matches());
    }
}
