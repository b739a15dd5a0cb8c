package dev.davit.look;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Databases that are text: lines of fields, an empty line between packages. */
final class Stanzas {

    private Stanzas() {
    }

    /**
     * What dpkg has.
     *
     * @param status whether packages that are not fully installed are among them, by their field Status
     * @see <a href="https://www.debian.org/doc/debian-policy/ch-controlfields.html">Control files and their fields</a>
     */
    static void dpkg(InputStream in, boolean status, Consumer<InstalledPackage> packages) throws IOException {
        read(in, stanza -> {
            if (stanza.containsKey("Package") && (!status || stanza.getOrDefault("Status", "").endsWith(" installed"))) {
                packages.accept(new InstalledPackage("deb", stanza.get("Package"), stanza.getOrDefault("Version", ""),
                        stanza.getOrDefault("Architecture", "")));
            }
        });
    }

    /**
     * What apk has.
     *
     * @see <a href="https://wiki.alpinelinux.org/wiki/Apk_spec">The format of apk</a>
     */
    static void apk(InputStream in, Consumer<InstalledPackage> packages) throws IOException {
        read(in, stanza -> {
            if (stanza.containsKey("P")) {
                packages.accept(new InstalledPackage("apk", stanza.get("P"), stanza.getOrDefault("V", ""),
                        stanza.getOrDefault("A", "")));
            }
        });
    }

    /** The first field of a name counts: apk goes on with the files of the package. */
    private static void read(InputStream in, Consumer<Map<String, String>> stanzas) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        Map<String, String> stanza = new LinkedHashMap<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int colon = line.indexOf(':');
            if (line.isBlank()) {
                stanzas.accept(stanza);
                stanza = new LinkedHashMap<>();
            } else if (colon > 0 && line.charAt(0) != ' ' && line.charAt(0) != '\t') {
                stanza.putIfAbsent(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        stanzas.accept(stanza);
    }
}
