package dev.davit.image;

import dev.davit.blob.Digest;
import dev.davit.json.Document;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an image says of how to run it, and of how it was made.
 *
 * @param document the exact JSON
 * @see <a href="https://github.com/opencontainers/image-spec/blob/main/config.md">OCI image configuration</a>
 */
public record Config(Document document) {

    /** The environment, in order; a variable without {@code =} has an empty value. */
    public Map<String, String> env() {
        Map<String, String> env = new LinkedHashMap<>();
        for (String entry : document.texts("config", "Env")) {
            int equals = entry.indexOf('=');
            env.put(equals < 0 ? entry : entry.substring(0, equals), equals < 0 ? "" : entry.substring(equals + 1));
        }
        return Collections.unmodifiableMap(env);
    }

    public Map<String, String> labels() {
        return document.textMap("config", "Labels");
    }

    public List<String> entrypoint() {
        return document.texts("config", "Entrypoint");
    }

    public List<String> cmd() {
        return document.texts("config", "Cmd");
    }

    /** User name or number, maybe with a group after a colon; empty for root. */
    public String user() {
        return document.text("config", "User").orElse("");
    }

    public String workdir() {
        return document.text("config", "WorkingDir").orElse("");
    }

    /** Such as {@code 80/tcp}. */
    public List<String> ports() {
        return List.copyOf(document.object("config", "ExposedPorts").keySet());
    }

    /** Paths in the container. */
    public List<String> volumes() {
        return List.copyOf(document.object("config", "Volumes").keySet());
    }

    public String stopSignal() {
        return document.text("config", "StopSignal").orElse("");
    }

    /** When the image was made, as it says it: a time of RFC 3339. */
    public Optional<String> created() {
        return document.text("created");
    }

    public Optional<String> author() {
        return document.text("author");
    }

    public Platform platform() {
        return Platform.of(document.tree());
    }

    /**
     * The digests of the unpacked layers, the base's first.
     *
     * @throws IOException if one of them is malformed
     */
    public List<Digest> diffIds() throws IOException {
        try {
            return document.texts("rootfs", "diff_ids").stream().map(Digest::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new IOException("config " + document.digest() + ", diff ids: " + e.getMessage(), e);
        }
    }

    /** The steps in which the image was made, the first one first. */
    public List<History> history() {
        List<History> history = new ArrayList<>();
        document.objects("history").forEach(tree -> history.add(new History(tree)));
        return Collections.unmodifiableList(history);
    }
}
