package dev.davit.repl;

import dev.davit.blob.Legible;
import dev.davit.dsl.DockerHub;
import dev.davit.dsl.Table;
import dev.davit.dsl.Tags;
import dev.davit.image.Config;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.json.Document;
import dev.davit.json.Json;
import dev.davit.look.Difference;
import dev.davit.look.Explanation;
import dev.davit.look.FileTree;
import dev.davit.look.ImageDifference;
import dev.davit.server.RegistryServer;
import dev.davit.validate.Finding;
import dev.davit.validate.Findings;
import groovy.lang.Closure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.runtime.FormatHelper;
import org.jspecify.annotations.Nullable;

/**
 * Values as a person wants to see them, in lines.
 *
 * @param width columns that a line may have
 * @param rows of a list or a map that are shown at most
 */
record Display(int width, int rows) {

    /** For a reader that is a program: nothing is cut, nothing left out. */
    static Display whole() {
        return new Display(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The text to show, without a line break at its end; empty for {@code null}. */
    String show(@Nullable Object value) {
        return String.join("\n", lines(value));
    }

    private List<String> lines(@Nullable Object value) {
        ImageDisplay images = new ImageDisplay(width);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Optional<?> optional) {
            return lines(optional.orElse(null));
        }
        if (value instanceof Image image) {
            return images.of(image);
        }
        if (value instanceof Index index) {
            return images.of(index);
        }
        if (value instanceof Layer layer) {
            return images.of(layer);
        }
        if (value instanceof Descriptor descriptor) {
            return images.of(descriptor);
        }
        if (value instanceof Config config) {
            return json(config.document());
        }
        if (value instanceof Document document) {
            return json(document);
        }
        if (value instanceof Difference || value instanceof ImageDifference || value instanceof Explanation
                || value instanceof FileTree) {
            List<String> lines = text(value).lines().toList();
            return bounded(lines.stream().limit(rows).toList(), lines.size());
        }
        if (value instanceof RegistryServer server) {
            return List.of("registry at " + server.address());
        }
        if (value instanceof Findings findings) {
            return findings(findings);
        }
        if (value instanceof DockerHub) {
            return List.of("Docker Hub: say hub.search('nginx') or hub.rateLimit");
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        if (value instanceof Collection<?> items) {
            return list(items);
        }
        if (value instanceof Object[] items) {
            return list(Arrays.asList(items));
        }
        if (value instanceof byte[] bytes) {
            return List.of(bytes.length + " bytes");
        }
        if (value instanceof Closure<?>) {
            return List.of("closure");
        }
        return new Tables(width).of(List.of(value)).orElseGet(() -> List.of(text(value)));
    }

    private static List<String> json(Document document) {
        return List.of(new String(Json.writeIndented(document.tree()), StandardCharsets.UTF_8));
    }

    private String text(Object value) {
        String text = value instanceof CharSequence sequence ? sequence.toString() : FormatHelper.toString(value);
        // A program wants the text as it is; a terminal would obey what is in it.
        return width == Integer.MAX_VALUE ? text : Legible.text(text);
    }

    private List<String> map(Map<?, ?> map) {
        if (map.isEmpty()) {
            return List.of("(empty)");
        }
        Table table = new Table(width, "lll");
        map.entrySet().stream().limit(rows)
                .forEach(entry -> table.row(String.valueOf(entry.getKey()), "=", FormatHelper.toString(entry.getValue())));
        return bounded(table.lines(), map.size());
    }

    /** Sentences are not cut: what they say is in their end. */
    private List<String> findings(Findings findings) {
        List<String> sentences = findings.stream().limit(rows).map(Finding::toString).toList();
        List<String> lines = new ArrayList<>(findings.isEmpty() ? List.of("nothing is wrong")
                : bounded(sentences, findings.size()));
        findings.notes().stream().limit(rows).forEach(note -> lines.add("note: " + note));
        return lines;
    }

    private List<String> list(Collection<?> items) {
        if (items.isEmpty()) {
            return List.of("(empty)");
        }
        List<Object> first = new ArrayList<>();
        items.stream().limit(rows).forEach(first::add);
        Tables tables = new Tables(width);
        return bounded(items instanceof Tags ? tables.tags(first)
                : tables.of(first).orElseGet(() -> first.stream().map(this::line).toList()), items.size());
    }

    private String line(@Nullable Object item) {
        return new Table(width, "l").row(FormatHelper.toString(item)).lines().get(0);
    }

    private List<String> bounded(List<String> lines, int size) {
        if (size <= rows) {
            return lines;
        }
        List<String> bounded = new ArrayList<>(lines);
        bounded.add(String.format(Locale.ROOT, "… and %,d more", size - rows));
        return bounded;
    }
}
