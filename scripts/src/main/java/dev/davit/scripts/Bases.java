package dev.davit.scripts;

import dev.davit.blob.AtomicFile;
import dev.davit.blob.Digest;
import dev.davit.dsl.Bump;
import dev.davit.dsl.Lock;
import dev.davit.ref.Reference;
import dev.davit.usage.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The images of registries that a recipe is made of, as its lock has them and as its text names them. */
final class Bases {

    /** Text in quotes in which nothing is put together. */
    private static final Pattern LITERAL = Pattern.compile("(['\"])([^'\"\\s$\\\\]+)\\1");

    /** A value, or one of those in a list or a map. */
    private static final Pattern WORD = Pattern.compile("[^\\[\\]{}=, ]+");

    private final Path recipe;
    private final Lock lock;

    private Bases(Path recipe, Lock lock) {
        this.recipe = recipe;
        this.lock = lock;
    }

    /** @throws UsageException if the recipe has no lock */
    static Bases of(Path recipe) throws IOException {
        return new Bases(recipe, Lock.of(recipe).orElseThrow(() -> new UsageException("there is no "
                + Lock.beside(recipe).getFileName() + " that tells what " + recipe.getFileName()
                + " is made of: 'davit lock " + recipe.getFileName() + "' writes it")));
    }

    /** What each stands for in the lock. */
    Map<String, Digest> digests() {
        Map<String, Digest> digests = new LinkedHashMap<>();
        lock.references().forEach((name, pin) -> {
            if (Lock.isFromRegistry(name)) {
                digests.put(name, pin.digest());
            }
        });
        return digests;
    }

    /** What is done while the recipe names newer tags. */
    interface Work<T> {
        T done() throws Exception;
    }

    /**
     * Names newer tags in the text of the recipe, and does something with it; if that fails, the text is as it was.
     *
     * @throws UsageException if the recipe does not name one of the old tags in so many words
     */
    <T> T rewritten(List<Bump> bumps, Work<T> work) throws Exception {
        String before = Files.readString(recipe);
        String after = before;
        List<String> missing = new ArrayList<>();
        for (Bump bump : bumps) {
            String changed = bump.from().equals(bump.to()) ? after : replaced(after, bump);
            if (!bump.from().equals(bump.to()) && changed.equals(after)) {
                missing.add("'" + bump.from().familiar() + "' in so many words: name '" + bump.to().familiar() + "' there");
            }
            after = changed;
        }
        if (!missing.isEmpty()) {
            throw new UsageException(recipe.getFileName() + " does not say " + String.join(", nor ", missing)
                    + " yourself, or say --same-tag");
        }
        try {
            write(after);
            return work.done();
        } catch (Exception e) {
            write(before);
            throw e;
        }
    }

    private void write(String text) throws IOException {
        if (!text.equals(Files.readString(recipe))) {
            boolean executable = Files.isExecutable(recipe);
            AtomicFile.write(recipe, text.getBytes(StandardCharsets.UTF_8));
            recipe.toFile().setExecutable(executable, false);
        }
    }

    private static String replaced(String text, Bump bump) {
        return LITERAL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                found.group(1) + renamed(found.group(2), bump) + found.group(1)));
    }

    /** What a lock says of a parameter, with newer tags in it. */
    static String renamed(String value, List<Bump> bumps) {
        return WORD.matcher(value).replaceAll(found -> {
            String word = found.group();
            for (Bump bump : bumps) {
                word = renamed(word, bump);
            }
            return Matcher.quoteReplacement(word);
        });
    }

    private static String renamed(String name, Bump bump) {
        String old = ":" + bump.from().tag().orElse("");
        return name.endsWith(old) && isNameOf(name, bump.from())
                ? name.substring(0, name.length() - old.length()) + ":" + bump.to().tag().orElse("") : name;
    }

    private static boolean isNameOf(String name, Reference reference) {
        try {
            return Reference.parse(name).equals(reference);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
