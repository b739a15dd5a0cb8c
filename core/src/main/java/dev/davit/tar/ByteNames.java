package dev.davit.tar;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * File names are bytes, mostly UTF-8. As text, a byte that is not UTF-8 is a lone surrogate, U+DC80 to U+DCFF, so that
 * every name survives the way into text and back.
 */
final class ByteNames {

    /** The order of the bytes, whatever the locale. */
    static final Comparator<String> ORDER = ByteNames::compare;

    private static final int ESCAPE = 0xdc00;

    private ByteNames() {
    }

    static String decode(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            for (int i = 0; i < result.length(); i++) {
                out.put((char) (ESCAPE | in.get() & 0xff));
            }
            result = decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    static byte[] encode(String name) {
        if (name.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return name.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        name.codePoints().forEach(c -> {
            if (isEscape(c)) {
                out.write(c);
            } else {
                out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return out.toByteArray();
    }

    static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    /** Whether the bytes of the name are UTF-8. */
    static boolean isUtf8(String name) {
        return name.codePoints().noneMatch(ByteNames::isEscape);
    }

    private static boolean isEscape(int c) {
        return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xff;
    }

    private static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // UTF-8 has the order of its code points; only surrogates stand elsewhere in UTF-16.
                return x < Character.MIN_SURROGATE && y < Character.MIN_SURROGATE
                        ? Character.compare(x, y) : Arrays.compareUnsigned(encode(a), encode(b));
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /**
     * The file of this name in a folder. A name that is not ASCII goes by way of a URI, which carries bytes: the JDK
     * would encode text with the charset of the locale, which may have no such character.
     */
    static Path in(Path folder, String name) {
        if (isAscii(name)) {
            return folder.resolve(name);
        }
        String base = folder.toUri().toString();
        StringBuilder uri = new StringBuilder(base.endsWith("/") ? base : base + "/");
        for (byte b : encode(name)) {
            uri.append(b == '/' ? "/" : "%" + HexFormat.of().toHexDigits(b));
        }
        return Path.of(URI.create(uri.toString()));
    }

    /** A path, relative or absolute, as it is written. */
    static Path path(String text) {
        if (isAscii(text)) {
            return Path.of(text);
        }
        Path start = Path.of("").toAbsolutePath();
        if (text.startsWith("/")) {
            return in(start.getRoot(), text.substring(1));
        }
        Path path = in(start, text);
        return path.subpath(start.getNameCount(), path.getNameCount());
    }

    /** The bytes of a path's last name, as text; also right where the locale's charset could not decode them. */
    static String lastName(Path path) {
        String name = String.valueOf(path.getFileName());
        if (isAscii(name)) {
            return name;
        }
        String uri = path.toUri().getRawPath();
        int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
        return decode(percentDecoded(uri.substring(uri.lastIndexOf('/', end - 1) + 1, end)));
    }

    /** A path as text, such as the target of a symbolic link. */
    static String text(Path path) {
        if (isAscii(path.toString())) {
            return path.toString();
        }
        StringBuilder text = new StringBuilder(path.isAbsolute() ? "/" : "");
        for (Path name : path) {
            text.append(text.isEmpty() || text.charAt(text.length() - 1) == '/' ? "" : "/").append(lastName(name));
        }
        return text.toString();
    }

    private static byte[] percentDecoded(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                out.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toByteArray();
    }
}
