package dev.davit.repl;

import dev.davit.archive.Archive;
import dev.davit.blob.Compression;
import dev.davit.dsl.Place;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import dev.davit.layout.OciLayout;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.repl.Completion.Proposal;
import dev.davit.repl.Tokens.Kind;
import dev.davit.repl.Tokens.OpenString;
import dev.davit.repl.Tokens.Token;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What may stand in a string: a path on this machine or in an image, a platform, a reference. */
final class StringCompletion {

    private static final int MOST_FILES = 1000;
    private static final Set<String> TAKE_PLATFORMS = Set.of("platform", "filter", "scratch");
    private static final Set<String> TAKE_REFERENCES = Set.of("remote", "image", "images", "push", "to", "copy", "tag", "tagsOf",
            "delete", "digest", "digestIfAny", "exists", "attach", "referrers", "change", "validate", "diff", "bump");
    private static final Set<String> TAKE_REPOSITORIES = Set.of("tags", "tagsIfAny", "repositories", "untagged", "prune");
    private static final List<String> PLATFORMS = List.of("linux/386", "linux/amd64", "linux/arm/v6", "linux/arm/v7",
            "linux/arm64", "linux/ppc64le", "linux/riscv64", "linux/s390x", "windows/amd64");

    private final Evaluator evaluator;
    private final RegistryNames registries;

    StringCompletion(Evaluator evaluator, RegistryNames registries) {
        this.evaluator = evaluator;
        this.registries = registries;
    }

    List<Proposal> at(OpenString open, String before, String after, Inference inference) {
        String content = before.substring(open.content());
        String quote = after.startsWith(open.quotes()) || open.quotes().equals("$/") ? "" : open.quotes();
        List<Token> tokens = inference.tokens();
        int verb = verb(tokens, open.content() - open.quotes().length());
        String name = verb < 0 ? "" : tokens.get(verb).text();
        if (TAKE_PLATFORMS.contains(name)) {
            return platforms(verb, tokens, inference).stream().distinct()
                    .map(text -> new Proposal(text + quote, text, "")).toList();
        }
        boolean plain = !content.contains("$") && !content.contains("\\");
        if (name.equals("catalog")) {
            return variables(reference -> reference.repository().registry(), quote);
        }
        if (TAKE_REPOSITORIES.contains(name)) {
            return both(variables(reference -> reference.repository().familiar(), quote),
                    plain ? repositories(content, quote) : List.of());
        }
        if (TAKE_REFERENCES.contains(name)) {
            return both(variables(Reference::familiar, quote), plain ? references(content, quote) : List.of());
        }
        if (!plain) {
            return List.of();
        }
        Optional<Image> image = image(verb, tokens, inference);
        return paths(image.isPresent() ? inImage(image.get(), content) : onDisk(content), content, quote);
    }

    /** What the references in the session's variables say. */
    private List<Proposal> variables(Function<Reference, String> text, String quote) {
        return evaluator.variables().values().stream().filter(Reference.class::isInstance)
                .map(reference -> text.apply((Reference) reference)).distinct()
                .map(said -> new Proposal(said + quote, said, "")).toList();
    }

    private static List<Proposal> both(List<Proposal> some, List<Proposal> more) {
        Set<String> values = some.stream().map(Proposal::value).collect(Collectors.toSet());
        return Stream.concat(some.stream(), more.stream().filter(other -> !values.contains(other.value()))).toList();
    }

    private List<Proposal> references(String content, String quote) {
        try {
            for (String medium : List.of("oci:", "archive:")) {
                if (content.startsWith(medium)) {
                    return local(medium, content, quote);
                }
            }
            int colon = content.lastIndexOf(':');
            if (colon < content.indexOf('/')) {
                return repositories(content, ":");
            }
            String said = content.substring(0, colon + 1);
            return isHostSaid(content) ? named(said, registries.tags(Repository.parse(content.substring(0, colon))), quote)
                    : List.of();
        } catch (IllegalArgumentException | IOException e) {
            return List.of();
        }
    }

    /** Those in the catalog of the registry that is said, except of Docker Hub, which has none. */
    private List<Proposal> repositories(String content, String end) {
        String host = content.substring(0, content.indexOf('/') + 1);
        try {
            Repository any = Repository.parse(host + "any");
            return any.isOnHub() ? List.of() : named(host, registries.repositories(any.registry()), end);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
    }

    /** Whether a registry may be asked: that of {@code debian:} is a guess, as there might be a port to come. */
    private static boolean isHostSaid(String content) {
        return content.startsWith("docker.io/") || content.startsWith(Repository.HUB + "/")
                || !Repository.parse(content.substring(0, content.indexOf('/') + 1) + "any").isOnHub();
    }

    /** What an OCI layout or an archive has under which names, and where it may be. */
    private List<Proposal> local(String medium, String content, String quote) throws IOException {
        Place place = Place.parse(content + "x"); // so that what follows a colon is not empty
        String path = content.substring(medium.length());
        if (place.name().isEmpty()) {
            return paths(onDisk(path), path, "").stream().map(proposal ->
                    new Proposal(medium + proposal.value(), proposal.shown(), "")).toList();
        }
        return named(medium + place.path() + ":", names(place), quote);
    }

    private List<String> names(Place place) throws IOException {
        Path path = evaluator.session().resolve(place.path());
        if (place.medium() == Place.Medium.LAYOUT) {
            return List.copyOf(OciLayout.open(path).names().keySet());
        }
        if (!Files.isRegularFile(path)) {
            return List.of();
        }
        try (InputStream head = new BufferedInputStream(Files.newInputStream(path))) {
            if (Compression.sniff(head) != Compression.NONE) {
                return List.of(); // it would be unpacked
            }
        }
        try (Archive archive = Archive.open(path)) {
            return archive.names();
        }
    }

    /** In the order of the names. */
    private static List<Proposal> named(String before, List<String> names, String end) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> new Proposal(before + names.get(i) + end, names.get(i), "", i + 1)).toList();
    }

    /** The image that a path is looked up in: that of {@code image.file('…')} or {@code image['…']}. */
    private static Optional<Image> image(int verb, List<Token> tokens, Inference inference) {
        int last = tokens.size() - 1;
        boolean file = verb > 0 && tokens.get(verb).text().equals("file") && tokens.get(verb - 1).is(".");
        boolean brackets = last > 0 && tokens.get(last).is("[") && tokens.get(last - 1).end() == tokens.get(last).start();
        return (file ? inference.before(verb - 1) : brackets ? inference.before(last) : Optional.<Known>empty())
                .map(Known::value).filter(Image.class::isInstance).map(Image.class::cast);
    }

    /** The index of the verb that the string is an argument of; -1 if that is not clear. */
    private static int verb(List<Token> tokens, int start) {
        int last = tokens.size() - 1;
        while (last >= 0 && (tokens.get(last).is(",") || tokens.get(last).kind() == Kind.STRING)) {
            last--;
        }
        if (last >= 0 && tokens.get(last).is("(")) {
            last--;
        }
        return last >= 0 && tokens.get(last).kind() == Kind.WORD && tokens.get(last).end() <= start ? last : -1;
    }

    private static List<String> platforms(int verb, List<Token> tokens, Inference inference) {
        boolean said = verb > 0 && tokens.get(verb - 1).is(".");
        Object value = said ? inference.before(verb - 1).map(Known::value).orElse(null) : null;
        return value instanceof Index index
                ? index.platforms().stream().map(Platform::toString).toList() : PLATFORMS;
    }

    /** The names that go on from the last slash; a folder's ends with another one. */
    private static List<Proposal> paths(List<String> names, String content, String quote) {
        String folder = content.substring(0, content.lastIndexOf('/') + 1);
        return names.stream().sorted().map(name ->
                new Proposal(folder + name + (name.endsWith("/") ? "" : quote), name, "")).toList();
    }

    private List<String> onDisk(String content) {
        int slash = content.lastIndexOf('/') + 1;
        boolean hidden = content.startsWith(".", slash);
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(evaluator.session().resolve(content.substring(0, slash)))) {
            for (Path file : all) {
                String name = file.getFileName().toString();
                if (names.size() < MOST_FILES && name.startsWith(".") == hidden) {
                    names.add(name + (Files.isDirectory(file) ? "/" : ""));
                }
            }
        } catch (IOException | InvalidPathException | DirectoryIteratorException e) {
            return List.of();
        }
        return names;
    }

    private List<String> inImage(Image image, String content) {
        String path = content.startsWith("/") ? content.substring(1) : content;
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        try {
            return evaluator.session().knownFiles(image).orElse(List.of()).stream()
                    .filter(entry -> entry.path().startsWith(folder) && entry.path().length() > folder.length()
                            && entry.path().indexOf('/', folder.length()) < 0)
                    .map(entry -> entry.path().substring(folder.length()) + (entry.isDirectory() ? "/" : "")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
