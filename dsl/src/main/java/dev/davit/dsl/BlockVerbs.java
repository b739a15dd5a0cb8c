package dev.davit.dsl;

import dev.davit.edit.ImageEditor;
import dev.davit.tar.LayerBuilder;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/** The forms that blocks have in Groovy beyond those of the core's editors: named arguments and maps. */
public final class BlockVerbs {

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

    static Instant instant(Object time) {
        try {
            return time instanceof Instant instant ? instant : Instant.parse(time.toString());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("malformed time '" + time
                    + "': expected RFC 3339 in UTC, such as 2026-01-31T12:00:00Z", e);
        }
    }
}
