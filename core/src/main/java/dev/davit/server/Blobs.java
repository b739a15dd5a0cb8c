package dev.davit.server;

import dev.davit.blob.Digest;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Blobs that repositories have: reads whole or in part, and deletes. */
final class Blobs {

    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})?-([0-9]{1,18})?");

    private final Storage storage;

    Blobs(Storage storage) {
        this.storage = storage;
    }

    void answer(Exchange exchange, Repository repository, Digest digest) throws IOException, Refusal {
        Path file = storage.blob(repository, digest).orElseThrow(() -> new Refusal(404, "BLOB_UNKNOWN",
                "repository " + repository.path() + " has no blob " + digest));
        switch (exchange.method()) {
            case "GET", "HEAD" -> read(exchange, file, digest);
            case "DELETE" -> {
                // The content stays: other repositories may have it too.
                Files.deleteIfExists(storage.entry(repository, "blobs", digest));
                exchange.send(202);
            }
            default -> throw Router.unsupported(exchange);
        }
    }

    private static void read(Exchange exchange, Path file, Digest digest) throws IOException, Refusal {
        exchange.with("Docker-Content-Digest", digest).with("Content-Type", "application/octet-stream")
                .with("Accept-Ranges", "bytes").with("ETag", '"' + digest.toString() + '"');
        long size = Files.size(file);
        long from = 0;
        long to = size - 1;
        Matcher range = RANGE.matcher(exchange.header("Range").orElse(""));
        boolean part = range.matches() && (range.group(1) != null || range.group(2) != null);
        if (part) {
            if (range.group(1) == null) {
                from = Math.max(0, size - Long.parseLong(range.group(2)));
            } else {
                from = Long.parseLong(range.group(1));
                to = range.group(2) == null ? to : Math.min(to, Long.parseLong(range.group(2)));
            }
            if (from > to) {
                exchange.with("Content-Range", "bytes */" + size);
                throw new Refusal(416, "SIZE_INVALID", "blob " + digest + " has " + size + " bytes, not "
                        + range.group());
            }
            exchange.with("Content-Range", "bytes " + from + "-" + to + "/" + size);
        }
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(from);
            exchange.send(part ? 206 : 200, to - from + 1, in);
        }
    }
}
