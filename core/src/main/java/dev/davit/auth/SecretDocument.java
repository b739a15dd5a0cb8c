package dev.davit.auth;

import dev.davit.json.Document;
import java.io.IOException;

/** Reads JSON that holds secrets: where it is malformed, the message quotes nothing of it. */
final class SecretDocument {

    private SecretDocument() {
    }

    static Document parse(byte[] bytes, String what) throws IOException {
        try {
            return Document.parse(bytes, what);
        } catch (IOException e) {
            // Without the cause, whose message quotes too.
            throw new IOException(String.valueOf(e.getMessage()).replaceFirst("(?s)( at line \\d+, column \\d+): .*", "$1"));
        }
    }
}
