package dev.davit.daemon;

import dev.davit.json.Document;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import okio.BufferedSource;

/** What an engine says while it works: JSON objects, one on a line. */
final class Progress {

    private static final int LONGEST_LINE = 1 << 16;

    private Progress() {
    }

    /** Reads to the end, and gives the last error, or nothing. A status of success does not mean that there is none. */
    static String error(BufferedSource source) throws IOException {
        String last = "";
        while (!source.exhausted()) {
            // A line that is longer is cut, and then no JSON.
            long end = source.indexOf((byte) '\n', 0, LONGEST_LINE);
            source.request(LONGEST_LINE);
            String error = error(source.readByteArray(end >= 0 ? end + 1
                    : Math.min(source.getBuffer().size(), LONGEST_LINE)));
            last = error.isEmpty() ? last : error;
        }
        return last;
    }

    private static String error(byte[] line) {
        try {
            Document message = Document.parse(line, "progress");
            return Failures.oneLine(message.text("errorDetail", "message").or(() -> message.text("error")).orElse(""));
        } catch (IOException e) {
            return ""; // for people; whether the image is there is asked for afterwards
        }
    }
}
