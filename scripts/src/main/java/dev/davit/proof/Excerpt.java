package dev.davit.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The line, or the part of it, in which two contents begin to differ.
 *
 * @param place the number of the first byte that differs, from 0
 */
record Excerpt(long place, String before, String after) {

    private static final int LONGEST = 60;

    /** Reads both up to where they differ; empty if they do not. */
    static Optional<Excerpt> firstDifference(InputStream one, InputStream two) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (long place = 0;; place++) {
            int before = one.read();
            int after = two.read();
            if (before != after) {
                return Optional.of(new Excerpt(place, rest(line, before, one), rest(line, after, two)));
            }
            if (before < 0) {
                return Optional.empty();
            }
            if (before == '\n' || line.size() == LONGEST) {
                line.reset();
            }
            if (before != '\n') {
                line.write(before);
            }
        }
    }

    private static String rest(ByteArrayOutputStream line, int next, InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        line.writeTo(all);
        for (int b = next; b >= 0 && b != '\n' && all.size() < 2 * LONGEST; b = in.read()) {
            all.write(b);
        }
        return all.toString(StandardCharsets.UTF_8) + (next < 0 ? "(ends here)" : "");
    }

    /** What a terminal shows and is not steered by. */
    static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]", "?");
    }
}
