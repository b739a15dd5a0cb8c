package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.blob.Legible;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.look.Difference;
import dev.davit.look.Explanation;
import dev.davit.look.FileTree;
import dev.davit.look.ImageDifference;
import dev.davit.look.ImageSize;
import dev.davit.look.InstalledPackage;
import dev.davit.look.Packages;
import dev.davit.look.Step;
import dev.davit.ref.Reference;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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

    /** The files of the flattened file system, by path; a list of its own, to be sorted and filtered. */
    public static List<Entry> getFiles(Artifact self) throws IOException {
        return new ArrayList<>(overlay(self).entries());
    }

    /** One file of the flattened file system; follows symbolic links inside the image. */
    public static ImageFile file(Artifact self, Object path) throws IOException {
        return ImageFile.in(overlay(self), path.toString());
    }

    /** The same as {@code file(path)}: {@code image['/etc/os-release'].text}. */
    public static ImageFile getAt(Artifact self, String path) throws IOException {
        return file(self, path);
    }

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
        Options said = Options.of(options, "matching", "type", "setuid");
        String glob = said.text("matching");
        String type = said.text("type");
        Predicate<Entry> chosen = glob == null ? entry -> true : matching(glob);
        if (type != null) {
            Entry.Type wanted = constant(Entry.Type.class, type);
            chosen = chosen.and(entry -> entry.type() == wanted);
        }
        if (said.isTrue("setuid")) {
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

    private static <E extends Enum<E>> E constant(Class<E> type, String said) {
        for (E constant : type.getEnumConstants()) {
            if (Legible.words(constant).equals(said.toLowerCase(Locale.ROOT).replace('_', ' '))) {
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
        return Step.of(IndexVerbs.only(self));
    }

    /** The packages that dpkg, apk and rpm have installed; their {@code notes} tell what could not be read. */
    public static Packages getPackages(Artifact self) throws IOException {
        return Packages.of(overlay(self), Session.current().store());
    }

    /** Where a path came from: which layers wrote it or removed it, and how those were made. */
    public static Explanation explain(Artifact self, Object path) throws IOException {
        return Explanation.of(IndexVerbs.only(self), overlay(self), path.toString());
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
        Options said = Options.of(options, "only", "times");
        Object only = said.get("only");
        Set<ImageDifference.Part> parts = EnumSet.noneOf(ImageDifference.Part.class);
        for (String name : only == null ? new String[0] : Text.all(only)) {
            parts.add(constant(ImageDifference.Part.class, name));
        }
        if (parts.isEmpty()) {
            parts.addAll(Difference.USUAL);
        }
        if (said.isTrue("times")) {
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

    /** What differs between two images or indexes, or what references name; the same as {@code a.diff(b)}. */
    public static Difference diff(DavitScript self, Object before, Object after) throws IOException {
        return diff(self, Map.of(), before, after);
    }

    /** What differs, only in some parts: {@code diff(a, b, only: 'config')}; the same as {@code a.diff(b, only: …)}. */
    public static Difference diff(DavitScript self, Map<?, ?> options, Object before, Object after) throws IOException {
        return diff(artifact(self, before), options, artifact(self, after));
    }

    private static Artifact artifact(DavitScript self, Object value) throws IOException {
        return value instanceof Artifact artifact ? artifact : SourceVerbs.image(self, value);
    }

    /**
     * What may take the place of what a reference stood for by this digest: the newest tag of the same kind, or what the tag
     * stands for now; {@code stale} tells whether that is something else, {@code difference} what would change.
     */
    public static Bump bump(DavitScript self, Object reference, Object digest) throws IOException {
        return bump(self, Map.of(), reference, digest);
    }

    /**
     * The same; only of tags like {@code matching: '12.*'}, or with {@code sameTag: true} of none but its own; with
     * {@code system: true} also those of later releases of its operating system. The difference is of the images for
     * {@code platform:}, of an index linux/amd64 where nothing is said.
     */
    public static Bump bump(DavitScript self, Map<?, ?> options, Object reference, Object digest) throws IOException {
        return Bump.of(self.session(), options, Reference.parse(reference.toString()), Digest.parse(digest.toString()));
    }

    /** How large images are, each under its name; what they share is counted once in what each has added. */
    public static List<ImageSize> sizes(DavitScript self, Map<?, ? extends Artifact> images) throws IOException {
        return sizes(self, Map.of(), images);
    }

    /** How large images are; with {@code unpacked: true} also what their layers unpack to, which reads them all. */
    public static List<ImageSize> sizes(DavitScript self, Map<?, ?> options, Map<?, ? extends Artifact> images)
            throws IOException {
        boolean isUnpacked = Options.of(options, "unpacked").isTrue("unpacked");
        Map<String, Artifact> named = new LinkedHashMap<>();
        images.forEach((name, artifact) -> named.put(name.toString(), artifact));
        return isUnpacked ? ImageSize.unpacked(named, self.session().store()) : ImageSize.of(named);
    }

    /** The digest that a reference, to any medium, stands for now. Reads no manifest where a registry tells it. */
    public static String digest(DavitScript self, Object reference) throws IOException {
        return SourceVerbs.at(self, reference).digest().toString();
    }

    /** The digest that a reference stands for; empty text where there is no such image. */
    public static String digestIfAny(DavitScript self, Object reference) throws IOException {
        return exists(self, reference) ? digest(self, reference) : "";
    }

    /** Whether there is what a reference to a registry, a layout or an archive names. */
    public static boolean exists(DavitScript self, Object reference) throws IOException {
        return SourceVerbs.at(self, reference).has();
    }

    static Overlay overlay(Artifact self) throws IOException {
        return Session.current().files(IndexVerbs.only(self));
    }
}
