package dev.davit.dsl;

import dev.davit.blob.ContentStore;
import dev.davit.edit.Clamp;
import dev.davit.image.Edit;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The time that all new layers, entries and history get: {@code SOURCE_DATE_EPOCH} where it is set, else 1970.
 *
 * @param said what the variable says
 */
record Epoch(Optional<Instant> said) {

    private static final String VARIABLE = "SOURCE_DATE_EPOCH";

    /** @throws IllegalArgumentException if it is set and is not a number of seconds */
    static Epoch in(Map<String, String> environment) {
        String seconds = environment.getOrDefault(VARIABLE, "");
        try {
            return new Epoch(seconds.isEmpty() ? Optional.empty()
                    : Optional.of(Instant.ofEpochSecond(Long.parseLong(seconds))));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("malformed " + VARIABLE + " '" + seconds
                    + "': expected a number of seconds since 1970", e);
        }
    }

    Instant time() {
        return said.orElse(Instant.EPOCH);
    }

    /** The same edit, whose new layers have nothing in them that is newer, where the variable is set. */
    Edit clamped(Edit edit, ContentStore store) {
        return said.isPresent() ? Clamp.of(edit, said.get(), store) : edit;
    }

    /** As a lock has it: empty where the variable is not set. */
    @Override
    public String toString() {
        return said.map(Instant::toString).orElse("");
    }
}
