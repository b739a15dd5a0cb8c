package dev.davit.tar;

import java.util.ArrayList;
import java.util.List;

/** A path in an image as somebody writes it in a statement. */
final class LayerPath {

    static final String WHITEOUT = ".wh.";
    static final String OPAQUE = ".wh..wh..opq";

    private LayerPath() {
    }

    /** The path without a slash at either end; empty for the root. */
    static String of(String statement, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                throw new IllegalArgumentException("layer: " + statement + ": '..' in '" + path
                        + "': expected a path from the root of the image, such as /etc/motd");
            }
            checkName(statement, part, path);
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        if (path.isEmpty() || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("layer: " + statement + ": expected a path from the root of the image, "
                    + "such as /etc/motd");
        }
        return String.join("/", parts);
    }

    /** The path of something in the root. */
    static String ofEntry(String statement, String path) {
        String name = of(statement, path);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("layer: " + statement + ": '" + path
                    + "' is the root itself: expected a path in it, such as /etc/motd");
        }
        return name;
    }

    /** The path of something that is no directory. */
    static String ofFile(String statement, String path) {
        if (path.endsWith("/")) {
            throw new IllegalArgumentException("layer: " + statement + ": '" + path
                    + "' ends like a directory: expected the path of the file itself, such as /etc/motd");
        }
        return ofEntry(statement, path);
    }

    static void checkName(String statement, String name, String path) {
        if (name.startsWith(WHITEOUT)) {
            throw new IllegalArgumentException("layer: " + statement + ": '" + path + "' has the name of a whiteout: "
                    + "to hide what a lower layer has, use remove or opaque");
        }
    }
}
