package dev.davit.policy;

import dev.davit.image.Layer;
import dev.davit.tar.Entry;
import dev.davit.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds what has the form of a secret in the files of layers. What is found is named, and never shown. */
final class Secrets {

    /**
     * A form of a secret.
     *
     * @param file what the path must match
     * @param marker what it contains, looked for first because that is quick
     * @param form the whole of it, from the marker on
     */
    private record Form(String what, Pattern file, String marker, Pattern form) {

        static Form of(String what, String marker, String form) {
            return in("", what, marker, form);
        }

        static Form in(String file, String what, String marker, String form) {
            return new Form(what, Pattern.compile(file), marker, Pattern.compile(form));
        }
    }

    private static final String WORD = "[A-Za-z0-9_-]";

    private static final List<Form> FORMS = List.of(
            // With what follows, as programs that read keys contain the first line too.
            Form.of("a private key", " PRIVATE KEY",
                    " PRIVATE KEY(?: BLOCK)?-----\\s+(?:[A-Za-z-]+: [^\\n]*\\s+){0,4}[A-Za-z0-9+/=]{40}"),
            Form.of("an AWS access key", "AKIA", "AKIA[0-9A-Z]{16}(?![0-9A-Za-z])"),
            Form.of("an AWS access key", "ASIA", "ASIA[0-9A-Z]{16}(?![0-9A-Za-z])"),
            Form.of("a GitHub token", "gh", "gh[pousr]_[A-Za-z0-9]{36}"),
            Form.of("a GitHub token", "github_pat_", "github_pat_[A-Za-z0-9_]{60}"),
            Form.of("a GitLab token", "glpat-", "glpat-" + WORD + "{20}"),
            Form.of("a Slack token", "xox", "xox[baprs]-[0-9]{8,}-" + WORD + "{10,}"),
            Form.of("a Google API key", "AIza", "AIza" + WORD + "{35}(?!" + WORD + ")"),
            Form.of("an npm token", "npm_", "npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])"),
            Form.in("(^|/)\\.?(docker/config\\.json|dockercfg|dockerconfigjson)$", "a registry's password", "\"auth\"",
                    "\"auth\"\\s*:\\s*\"[^\"]+\""),
            Form.in("(^|/)[._]netrc$", "a password", "password", "password\\s+\\S+"),
            Form.in("(^|/)\\.npmrc$", "a token", "_auth", "_auth(Token)?\\s*=\\s*[^\\s$]+"),
            Form.in("(^|/)\\.git-credentials$", "a password", "://", "://[^\\s:/]+:[^\\s@]+@"),
            Form.in("(^|/)\\.pypirc$", "a password", "password", "password\\s*[=:]\\s*\\S+"),
            Form.in("(^|/)\\.aws/credentials$", "an AWS secret key", "aws_secret_access_key",
                    "aws_secret_access_key\\s*=\\s*\\S+"));

    private static final int WINDOW = 1 << 17;
    /** The longest secret that is found where two windows meet. */
    private static final int OVERLAP = 1 << 10;

    private Secrets() {
    }

    static void check(Subject subject, Predicate<String> spared) throws IOException {
        List<Layer> layers = subject.image().layers();
        for (int number = 0; number < layers.size(); number++) {
            Layer layer = layers.get(number);
            try (TarReader reader = TarReader.of(layer.withBlob(subject.store().hold(layer.blob())))) {
                for (Optional<Entry> entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                    Entry file = entry.get();
                    if (file.isFile() && file.size() > 0 && !spared.test("/" + file.path())) {
                        for (String what : in(file.path(), reader.content())) {
                            subject.report(file, number, layer, "has " + what + " in it");
                        }
                    }
                }
            }
        }
    }

    /** What is found in a file. */
    private static Set<String> in(String path, InputStream content) throws IOException {
        List<Form> forms = FORMS.stream().filter(form -> form.file.matcher(path).find()).toList();
        Set<String> found = new LinkedHashSet<>();
        byte[] window = new byte[WINDOW];
        int filled = 0;
        int read = content.readNBytes(window, 0, WINDOW);
        while (read > 0) {
            filled += read;
            String text = new String(window, 0, filled, StandardCharsets.ISO_8859_1);
            for (Form form : forms) {
                if (!found.contains(form.what) && isIn(text, form)) {
                    found.add(form.what);
                }
            }
            int kept = Math.min(filled, OVERLAP);
            System.arraycopy(window, filled - kept, window, 0, kept);
            filled = kept;
            read = content.readNBytes(window, filled, WINDOW - filled);
        }
        return found;
    }

    private static boolean isIn(String text, Form form) {
        for (int at = text.indexOf(form.marker); at >= 0; at = text.indexOf(form.marker, at + 1)) {
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)) || form.marker.startsWith(" ");
            if (begins && form.form.matcher(text).region(at, text.length()).lookingAt()) {
                return true;
            }
        }
        return false;
    }
}
