package dev.davit.dsl;

import dev.davit.blob.Legible;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.look.Difference;
import dev.davit.look.Explanation;
import dev.davit.look.FileTree;
import dev.davit.look.ImageDifference;
import dev.davit.look.InstalledPackage;
import dev.davit.look.Packages;
import dev.davit.look.Step;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What looks into images: their files, how they were made, and what differs between them. */
public final class LookVerbs {

    private static final Pattern GLOB = Pattern.compile("\\*\\*|[*?]|[^*?]+");

    private LookVerbs() {
    }

    // Looking

    /** What a path leads to and all that is in it, by path. */
    public static List<Entry> files(Artifact self, Object path) throws IOException {
        return files(self, Map.of(), path);
    }

    /**
     * What a path leads to and all that is in it, chosen by {@code matching: '*.conf'}, where {@code *} stands for anything
     * but a slash, {@code **} for anything and a pattern without a slash is for names; by {@code type: 'symlink'}; by
     * {@code setuid: true}, for what runs as its owner or group.
     */
    public static List<Entry> files(Artifact self, Map<?, ?> options, Object path) throws IOException {
        BlockVerbs.checkOptions(options, List.of("matching", "type", "setuid"));
        Predicate<Entry> chosen = entry -> true;
        if (options.get("matching") != null) {
            chosen = chosen.and(matching(options.get("matching").toString()));
        }
        if (options.get("type") != null) {
            Entry.Type type = constant(Entry.Type.class, options.get("type"));
            chosen = chosen.and(entry -> entry.type() == type);
        }
        if (Boolean.TRUE.equals(options.get("setuid"))) {
            chosen = chosen.and(entry -> (entry.mode() & 06000) != 0 && !entry.isDirectory());
        }
        Overlay files = overlay(self);
        Entry start = files.resolve(path.toString());
        String prefix = start.path().isEmpty() ? "" : start.path() + "/";
        return files.entries().stream().filter(entry -> entry.path().equals(start.path()) || entry.path().startsWith(prefix))
                .filter(chosen).collect(Collectors.toCollection(ArrayList::new));
    }

    private static Predicate<Entry> matching(String glob) {
        boolean whole = glob.contains("/");
        String expression = GLOB.matcher(glob.replaceFirst("^/", "")).replaceAll(part ->
                Matcher.quoteReplacement(switch (part.group()) {
                    case "**" -> ".*";
                    case "*" -> "[^/]*";
                    case "?" -> "[^/]";
                    default -> Pattern.quote(part.group());
                }));
        Predicate<String> matches = Pattern.compile(expression, Pattern.DOTALL).asMatchPredicate();
        return entry -> matches.test(whole ? entry.path() : entry.path().substring(entry.path().lastIndexOf('/') + 1));
    }

    private static <E extends Enum<E>> E constant(Class<E> type, Object said) {
        for (E constant : type.getEnumConstants()) {
            if (Legible.words(constant).equals(said.toString().toLowerCase(Locale.ROOT).replace('_', ' '))) {
                return constant;
            }
        }
        throw new IllegalArgumentException("there is no '" + said + "': expected one of " + Stream.of(type.getEnumConstants())
                .map(Legible::words).collect(Collectors.joining(", ")));
    }

    /** All files as a tree, with the size of each directory; {@code tree.to(2)} is two directories deep. */
    public static FileTree getTree(Artifact self) throws IOException {
        return tree(self, "/");
    }

    /** What a path leads to, with all that is in it, as a tree. */
    public static FileTree tree(Artifact self, Object path) throws IOException {
        return FileTree.of(overlay(self), path.toString());
    }

    /** The steps in which the image was made, each with the layer that it added, if it added one. */
    public static List<Step> getHistory(Artifact self) throws IOException {
        return Step.of(ArtifactVerbs.only(self));
    }

    /** The packages that dpkg, apk and rpm have installed; their {@code notes} tell what could not be read. */
    public static Packages getPackages(Artifact self) throws IOException {
        return Packages.of(overlay(self), Session.current().store());
    }

    /** Where a path came from: which layers wrote it or removed it, and how those were made. */
    public static Explanation explain(Artifact self, Object path) throws IOException {
        return Explanation.of(ArtifactVerbs.only(self), overlay(self), path.toString());
    }

    /**
     * What differs from this to another image or index, or to what a reference names: manifest, config, layers, files and
     * packages. Layers are read where they differ.
     */
    public static Difference diff(Artifact self, Object other) throws IOException {
        return diff(self, Map.of(), other);
    }

    /**
     * What differs, only in some parts: {@code a.diff(b, only: ['config', 'layers'])}; the others are manifest, files and
     * packages. With {@code times: true} a file also differs whose time does.
     */
    public static Difference diff(Artifact self, Map<?, ?> options, Object other) throws IOException {
        BlockVerbs.checkOptions(options, List.of("only", "times"));
        Set<ImageDifference.Part> parts = EnumSet.noneOf(ImageDifference.Part.class);
        for (String name : options.get("only") == null ? new String[0] : ArtifactVerbs.texts(options.get("only"))) {
            parts.add(constant(ImageDifference.Part.class, name));
        }
        if (parts.isEmpty()) {
            parts.addAll(Difference.USUAL);
        }
        if (Boolean.TRUE.equals(options.get("times"))) {
            parts.add(ImageDifference.Part.TIMES);
        }
        return Difference.of(self, LayerVerbs.artifact(other), parts, new Difference.Reader() {
            @Override
            public Overlay files(Image image) throws IOException {
                return overlay(image);
            }

            @Override
            public List<InstalledPackage> packages(Image image) throws IOException {
                return getPackages(image);
            }
        });
    }

    private static Overlay overlay(Artifact self) throws IOException {
        return Session.current().files(ArtifactVerbs.only(self));
    }
}
