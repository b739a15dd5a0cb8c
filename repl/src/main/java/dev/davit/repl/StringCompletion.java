package dev.davit.repl;

import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import dev.davit.ref.Reference;
import dev.davit.repl.Completion.Proposal;
import dev.davit.repl.Tokens.Kind;
import dev.davit.repl.Tokens.OpenString;
import dev.davit.repl.Tokens.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may stand in a string: a path on this machine or in an image, a platform, a reference. */
final class StringCompletion {

    private static final Set<String> TAKE_PLATFORMS = Set.of("platform", "filter", "scratch");
    private static final Set<String> TAKE_REFERENCES = Set.of("remote", "image", "images", "push", "to", "copy", "tag", "tagsOf",
            "delete", "digest", "digestIfAny", "exists", "attach", "referrers", "change", "validate", "diff", "bump");
    private static final Set<String> TAKE_REPOSITORIES = Set.of("tags", "tagsIfAny", "repositories", "untagged", "prune");
    private static final List<String> PLATFORMS = List.of("linux/386", "linux/amd64", "linux/arm/v6", "linux/arm/v7",
            "linux/arm64", "linux/ppc64le", "linux/riscv64", "linux/s390x", "windows/amd64");

    private final Evaluator evaluator;
    private final PathCompletion paths;
    private final ReferenceCompletion references;

    StringCompletion(Evaluator evaluator, RegistryNames registries) {
        this.evaluator = evaluator;
        this.paths = new PathCompletion(evaluator.session());
        this.references = new ReferenceCompletion(evaluator.session(), registries, paths);
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
                    plain ? references.repositories(content, quote) : List.of());
        }
        if (TAKE_REFERENCES.contains(name)) {
            return both(variables(Reference::familiar, quote), plain ? references.references(content, quote) : List.of());
        }
        if (!plain) {
            return List.of();
        }
        return image(verb, tokens, inference).map(image -> paths.inImage(image, content, quote))
                .orElseGet(() -> paths.onDisk(content, quote));
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
}
