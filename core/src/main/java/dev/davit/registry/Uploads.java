package dev.davit.registry;

import dev.davit.blob.Blob;
import dev.davit.blob.Origin;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Blobs on their way into a registry: left alone if they are there, mounted if the registry has them elsewhere, else sent.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs">Pushing blobs</a>
 */
final class Uploads {

    private static final RequestBody NOTHING = RequestBody.create(new byte[0]);

    private final Transport transport;
    private final Blobs blobs;
    private final long chunk;
    /** Registries that want to be told where to mount from. */
    private final Set<String> strict = ConcurrentHashMap.newKeySet();

    /** @param chunk bytes to send at once where a blob cannot be sent as a whole */
    Uploads(Transport transport, Blobs blobs, long chunk) {
        this.transport = transport;
        this.blobs = blobs;
        this.chunk = chunk;
    }

    void upload(Repository target, Blob blob) throws IOException {
        Optional<Origin> near = blob.origin().filter(origin -> origin.registry().equals(target.registry()));
        if (near.filter(origin -> origin.repository().equals(target.path())).isPresent() || exists(target, blob)) {
            return;
        }
        try {
            new Delivery(transport, this, target, blob, near).run();
        } catch (StreamedBody.SourceException e) {
            throw e.failure();
        }
    }

    boolean exists(Repository target, Blob blob) throws IOException {
        return blobs.exists(target, blob.digest(), Access.push(target));
    }

    /** Where to send a blob, and in which pieces if not in one. */
    record Session(HttpUrl url, long chunk) { }

    /** Where to send the blob; nothing if it is there now, because the registry had it elsewhere. */
    Optional<Session> open(Repository target, Blob blob, Optional<Origin> near) throws IOException {
        if (near.isEmpty() && strict.contains(target.registry())) {
            return start(target);
        }
        // Without 'from' the registry may look by itself; if it does not, this starts an upload, as it would anyway.
        HttpUrl.Builder url = uploads(target).newBuilder().addEncodedQueryParameter("mount", blob.digest().toString());
        near.ifPresent(origin -> url.addEncodedQueryParameter("from", origin.repository()));
        Access access = near.map(origin -> Access.push(target).and("repository:" + origin.repository() + ":pull"))
                .orElseGet(() -> Access.push(target));
        try (Response response = transport.send(post(url.build()), access)) {
            // 202: the registry does not mount, and waits for the bytes.
            return response.code() == 201 ? Optional.empty() : session(response, access);
        } catch (RegistryException e) {
            if (e.status() == 0 || e.retryable()) {
                throw e;
            }
            if (near.isPresent()) {
                return start(target); // a mount that is refused says nothing of a plain upload
            }
            Optional<Session> plain = start(target);
            strict.add(target.registry());
            return plain;
        }
    }

    private Optional<Session> start(Repository target) throws IOException {
        Access access = Access.push(target);
        try (Response response = transport.send(post(uploads(target)), access)) {
            return session(response, access);
        }
    }

    private Optional<Session> session(Response response, Access access) throws IOException {
        String least = response.header("OCI-Chunk-Min-Length", "");
        return Optional.of(new Session(
                transport.resolve(response.request().url(), response.header("Location", ""), access),
                least.matches("[0-9]{1,18}") ? Math.max(chunk, Long.parseLong(least)) : chunk));
    }

    private static Request post(HttpUrl url) {
        return new Request.Builder().url(url).post(NOTHING).build();
    }

    private HttpUrl uploads(Repository target) throws IOException {
        return transport.url(target.registry(), "v2/" + target.path() + "/blobs/uploads/");
    }
}
