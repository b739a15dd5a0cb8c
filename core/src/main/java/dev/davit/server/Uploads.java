package dev.davit.server;

import dev.davit.blob.Digest;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blobs on their way in: at once, in one stream, in chunks, or by a mount from another repository. An upload that is not
 * finished ends with the server.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs">Pushing blobs</a>
 */
final class Uploads {

    private static final Pattern CONTENT_RANGE = Pattern.compile("(?:bytes )?([0-9]{1,18})-([0-9]{1,18})(?:/.*)?");

    private final Storage storage;
    private final Map<String, Upload> uploads = new ConcurrentHashMap<>();

    Uploads(Storage storage) {
        this.storage = storage;
    }

    void answer(Exchange exchange, Repository repository, String id) throws IOException, Refusal {
        if (id.isEmpty()) {
            if (!exchange.method().equals("POST")) {
                throw Router.unsupported(exchange);
            }
            start(exchange, repository);
            return;
        }
        Upload upload = uploads.get(id);
        if (upload == null || !upload.repository().equals(repository)) {
            throw new Refusal(404, "BLOB_UPLOAD_UNKNOWN", "repository " + repository.path() + " has no upload " + id);
        }
        switch (exchange.method()) {
            case "GET" -> progress(exchange, upload).send(204);
            case "PATCH" -> {
                receive(exchange, upload);
                progress(exchange, upload).send(202);
            }
            case "PUT" -> {
                Digest digest = Router.digest(exchange.query("digest").orElse(""));
                receive(exchange, upload);
                finish(exchange, upload, digest);
            }
            case "DELETE" -> {
                uploads.remove(id);
                upload.cancel();
                exchange.send(204);
            }
            default -> throw Router.unsupported(exchange);
        }
    }

    private void start(Exchange exchange, Repository repository) throws IOException, Refusal {
        Optional<String> mount = exchange.query("mount");
        if (mount.isPresent() && mounted(Router.digest(mount.get()), exchange.query("from"), repository)) {
            created(exchange, repository, Router.digest(mount.get()));
            return;
        }
        Optional<String> digest = exchange.query("digest");
        Digest whole = digest.isPresent() ? Router.digest(digest.get()) : null;
        String id = UUID.randomUUID().toString();
        Upload upload = new Upload(id, repository, storage.uploads().resolve(id));
        if (whole == null) {
            uploads.put(id, upload);
            progress(exchange, upload).send(202);
            return;
        }
        try {
            upload.append(exchange.body());
        } catch (IOException e) {
            upload.cancel();
            throw e;
        }
        finish(exchange, upload, whole);
    }

    /** Gives up what is not finished. */
    void close() throws IOException {
        for (Upload upload : uploads.values()) {
            upload.cancel();
        }
        uploads.clear();
    }

    private boolean mounted(Digest digest, Optional<String> from, Repository repository) throws IOException, Refusal {
        if (from.isEmpty() || storage.blob(Router.repository(from.get()), digest).isEmpty()) {
            return false;
        }
        Storage.write(storage.entry(repository, "blobs", digest), "");
        return true;
    }

    private static void receive(Exchange exchange, Upload upload) throws IOException, Refusal {
        Matcher range = CONTENT_RANGE.matcher(exchange.header("Content-Range").orElse(""));
        synchronized (upload) {
            if (range.matches() && Long.parseLong(range.group(1)) != upload.size()) {
                progress(exchange, upload);
                throw new Refusal(416, "BLOB_UPLOAD_INVALID", "the chunk " + range.group() + " does not follow the "
                        + upload.size() + " bytes that are here");
            }
            upload.append(exchange.body());
            if (range.matches() && Long.parseLong(range.group(2)) != upload.size() - 1) {
                progress(exchange, upload);
                throw new Refusal(400, "SIZE_INVALID", "the chunk " + range.group() + " was of another length: now "
                        + upload.size() + " bytes are here");
            }
        }
    }

    private void finish(Exchange exchange, Upload upload, Digest digest) throws IOException, Refusal {
        uploads.remove(upload.id());
        upload.finish(digest, storage);
        created(exchange, upload.repository(), digest);
    }

    private static Exchange progress(Exchange exchange, Upload upload) {
        return exchange.with("Location", upload.path()).with("Range", upload.range())
                .with("Docker-Upload-UUID", upload.id());
    }

    private static void created(Exchange exchange, Repository repository, Digest digest) throws IOException {
        exchange.with("Location", "/v2/" + repository.path() + "/blobs/" + digest)
                .with("Docker-Content-Digest", digest).send(201);
    }
}
