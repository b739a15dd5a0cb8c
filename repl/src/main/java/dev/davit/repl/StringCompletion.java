package dev.davit.repl;

import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import dev.davit.ref.Reference;
import dev.davit.repl.Completion.Proposal;
import dev.davit.repl.Tokens.Kind;
import dev.davit.repl.Tokens.OpenString;
import dev.davit.repl.Tokens.Token;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What may stand in a string: a path on this machine, a platform, a reference that the session knows. */
final class StringCompletion {

    private static final int MOST_FILES = 1000;
    private static final Set<String> TAKE_PLATFORMS = Set.of("platform", "filter", "scratch");
    private static final Set<String> TAKE_REFERENCES =
            Set.of("remote", "push", "copy", "tag", "tags", "delete", "digest", "catalog");
    private static final List<String> PLATFORMS = List.of("linux/386", "linux/amd64", "linux/arm/v6", "linux/arm/v7",
            "linux/arm64", "linux/ppc64le", "linux/riscv64", "linux/s390x", "windows/amd64");

    private final Evaluator evaluator;

    StringCompletion(Evaluator evaluator) {
        this.evaluator = evaluator;
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
        if (TAKE_REFERENCES.contains(name)) {
            return evaluator.variables().values().stream().filter(Reference.class::isInstance)
                    .map(reference -> ((Reference) reference).familiar()).distinct()
                    .map(text -> new Proposal(text + quote, text, "")).toList();
        }
        if (content.contains("$") || content.contains("\\")) {
            return List.of();
        }
        Optional<Image> image = image(verb, tokens, inference);
        return paths(image.isPresent() ? inImage(image.get(), content) : onDisk(content), content, quote);
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
