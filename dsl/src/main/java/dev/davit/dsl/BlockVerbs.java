package dev.davit.dsl;

import dev.davit.edit.ImageEditor;
import dev.davit.tar.LayerBuilder;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/** The forms that blocks have in Groovy beyond those of the core's editors: named arguments and maps. */
public final class BlockVerbs {

    private static final List<String> OPTIONS = List.of("mode", "owner", "time");

    private BlockVerbs() {
    }

    /** {@code env PORT: '8080', LANG: 'C'}. */
    public static ImageEditor env(ImageEditor self, Map<?, ?> variables) {
        variables.forEach((name, value) -> self.env(name.toString(), value.toString()));
        return self;
    }

    /** {@code label 'org.opencontainers.image.title': 'site'}. */
    public static ImageEditor label(ImageEditor self, Map<?, ?> labels) {
        labels.forEach((key, value) -> self.label(key.toString(), value.toString()));
        return self;
    }

    /** {@code annotation 'org.opencontainers.image.title': 'site'}. */
    public static ImageEditor annotation(ImageEditor self, Map<?, ?> annotations) {
        annotations.forEach((key, value) -> self.annotation(key.toString(), value.toString()));
        return self;
    }

    /** {@code created '2026-01-31T12:00:00Z'}. */
    public static ImageEditor created(ImageEditor self, Object time) {
        return self.created(instant(time));
    }

    /** {@code dir 'site', '/srv', mode: 0755, owner: '33:33', time: '2026-01-31T12:00:00Z'}. */
    public static void dir(LayerBuilder self, Map<String, ?> options, Object source, Object target)
            throws IOException {
        self.dir(source.toString(), target.toString(), settings -> set(settings, options));
    }

    /** {@code file 'nginx.conf', '/etc/nginx/nginx.conf', mode: 0644}. */
    public static void file(LayerBuilder self, Map<String, ?> options, Object source, Object target)
            throws IOException {
        self.file(source.toString(), target.toString(), settings -> set(settings, options));
    }

    /** {@code text '/etc/motd', 'hello', mode: 0600}. */
    public static void text(LayerBuilder self, Map<String, ?> options, Object target, Object text) {
        self.text(target.toString(), text.toString(), settings -> set(settings, options));
    }

    /** {@code bytes '/etc/key', content, mode: 0600}. */
    public static void bytes(LayerBuilder self, Map<String, ?> options, Object target, byte[] bytes) {
        self.bytes(target.toString(), bytes, settings -> set(settings, options));
    }

    /** {@code symlink '/usr/bin/web', '/usr/sbin/nginx', owner: '33:33'}. */
    public static void symlink(LayerBuilder self, Map<String, ?> options, Object path, Object target) {
        self.symlink(path.toString(), target.toString(), settings -> set(settings, options));
    }

    /** {@code mkdir '/var/cache/nginx', mode: 0700, owner: 33}. */
    public static void mkdir(LayerBuilder self, Map<String, ?> options, Object path) {
        self.mkdir(path.toString(), settings -> set(settings, options));
    }

    private static void set(LayerBuilder.Settings settings, Map<String, ?> options) {
        options.forEach((name, value) -> {
            switch (name) {
                case "mode" -> settings.mode(mode(value));
                case "owner" -> {
                    String[] ids = value.toString().split(":", 2);
                    settings.owner(id(ids[0]), id(ids[ids.length - 1]));
                }
                case "time" -> settings.time(instant(value));
                default -> throw new IllegalArgumentException("there is no option '" + name + "'"
                        + Suggestion.clause(name, OPTIONS) + " (options are " + String.join(", ", OPTIONS) + ")");
            }
        });
    }

    private static int mode(Object value) {
        if (value instanceof Integer bits) {
            return bits;
        }
        throw new IllegalArgumentException("malformed mode '" + value + "': expected an octal number, such as 0644");
    }

    private static long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("malformed owner '" + text
                    + "': expected numbers, such as 33 or '33:33'", e);
        }
    }

    static Instant instant(Object time) {
        try {
            return time instanceof Instant instant ? instant : Instant.parse(time.toString());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("malformed time '" + time
                    + "': expected RFC 3339 in UTC, such as 2026-01-31T12:00:00Z", e);
        }
    }
}
