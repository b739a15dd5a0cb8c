package dev.davit.auth;

import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads of YAML what a manifest of a Kubernetes secret is written in: the texts at its top, and in {@code data} and
 * {@code stringData}; plain, quoted or as blocks. All else in it is skipped.
 */
final class SecretYaml {

    private static final Pattern PAIR =
            Pattern.compile("(?<indent> *)(?<key>\"[^\"]*\"|'[^']*'|[^\\s#'\"-][^:]*?)\\s*:(?:\\s+(?<value>.*))?");

    private final String what;
    private final Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    private final List<String> lines;
    private int next;

    private SecretYaml(String what, List<String> lines) {
        this.what = what;
        this.lines = lines;
    }

    /** The documents of a text. @param what it is, for the message */
    static List<Document> read(String text, String what) throws IOException {
        List<Document> documents = new ArrayList<>();
        for (String part : text.split("(?m)^---.*$")) {
            documents.add(new SecretYaml(what, part.lines().toList()).read());
        }
        return documents;
    }

    private Document read() throws IOException {
        String section = "";
        int inner = 0;
        while (next < lines.size()) {
            Matcher pair = PAIR.matcher(lines.get(next++));
            if (!pair.matches()) {
                continue;
            }
            int indent = pair.group("indent").length();
            String key = scalar(pair.group("key"));
            String value = pair.group("value") == null ? "" : pair.group("value").strip();
            if (indent == 0) {
                section = value.isEmpty() || value.startsWith("#") ? key : "";
                inner = 0;
                if (section.isEmpty()) {
                    tree.put(key, value.startsWith("{") ? flow(value) : text(value, indent));
                }
            } else if (section.equals("data") || section.equals("stringData")) {
                inner = inner == 0 ? indent : inner;
                if (indent == inner) {
                    members(section).put(key, text(value, indent));
                }
            }
        }
        return Document.of(tree);
    }

    @SuppressWarnings("unchecked")
    private Map<String, String> members(String section) {
        return (Map<String, String>) tree.computeIfAbsent(section, name -> new LinkedHashMap<String, String>());
    }

    private Object flow(String value) throws IOException {
        return SecretDocument.parse(value.getBytes(StandardCharsets.UTF_8), what).tree();
    }

    /** The value that begins so behind its key; a block, or what goes on in lines that are indented deeper. */
    private String text(String value, int indent) throws IOException {
        List<String> more = new ArrayList<>();
        while (next < lines.size() && (lines.get(next).isBlank() || indent(lines.get(next)) > indent)) {
            more.add(lines.get(next++));
        }
        if (value.matches("[|>][-+]?(\\s+#.*)?")) {
            int common = more.stream().filter(line -> !line.isBlank()).mapToInt(SecretYaml::indent).min().orElse(0);
            return String.join(value.startsWith("|") ? "\n" : " ",
                    more.stream().map(line -> line.substring(Math.min(common, line.length()))).toList()).stripTrailing();
        }
        more.add(0, value);
        return scalar(String.join(" ", more.stream().map(String::strip).toList()).strip());
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    private String scalar(String text) throws IOException {
        if (text.startsWith("'")) {
            return text.replaceFirst("'\\s+#.*$", "'").replaceAll("^'|'$", "").replace("''", "'");
        }
        if (text.startsWith("\"")) {
            try {
                byte[] quoted = text.replaceFirst("\"\\s+#[^\"]*$", "\"").getBytes(StandardCharsets.UTF_8);
                return String.valueOf(Json.read(quoted, what));
            } catch (IOException e) {
                // Without the cause, which may quote it.
                throw new IOException(what + " has a text in double quotes that cannot be read");
            }
        }
        return text.replaceFirst("\\s+#.*$", "");
    }
}
