package dev.davit.tar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The records of a PAX header, {@code LENGTH KEY=VALUE} and a line feed each. Read here and not by Commons Compress
 * because values are bytes: a file capability is no UTF-8.
 */
final class Pax {

    private Pax() {
    }

    static Map<String, String> parse(byte[] bytes) throws IOException {
        Map<String, String> records = new LinkedHashMap<>();
        int start = 0;
        while (start < bytes.length && bytes[start] != 0) {
            int space = indexOf(bytes, ' ', start, bytes.length);
            int end = start + length(bytes, start, space);
            int equals = indexOf(bytes, '=', space, Math.min(end, bytes.length));
            if (end > bytes.length || bytes[end - 1] != '\n') {
                throw malformed();
            }
            records.put(text(bytes, space + 1, equals), text(bytes, equals + 1, end - 1));
            start = end;
        }
        return records;
    }

    private static int length(byte[] bytes, int start, int end) throws IOException {
        try {
            int length = Integer.parseInt(new String(bytes, start, end - start, StandardCharsets.US_ASCII));
            if (length <= end - start || length > bytes.length) {
                throw malformed();
            }
            return length;
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private static int indexOf(byte[] bytes, char wanted, int start, int end) throws IOException {
        for (int i = start; i < end; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        throw malformed();
    }

    private static String text(byte[] bytes, int start, int end) {
        return ByteNames.decode(Arrays.copyOfRange(bytes, start, end));
    }

    private static IOException malformed() {
        return new IOException("malformed PAX header");
    }

    static byte[] format(Map<String, String> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        records.forEach((key, value) -> {
            byte[] text = ByteNames.encode(" " + key + "=" + value + "\n");
            // The length counts its own digits.
            int length = text.length;
            while (length != text.length + String.valueOf(length).length()) {
                length = text.length + String.valueOf(length).length();
            }
            out.writeBytes(ByteNames.encode(String.valueOf(length)));
            out.writeBytes(text);
        });
        return out.toByteArray();
    }
}
