package dev.davit.registry;

import dev.davit.blob.Blob;
import dev.davit.blob.Origin;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Blobs on their way into a registry: left alone if they are there, mounted if the registry has them elsewhere, else sent
 * in one piece.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-blobs">Pushing blobs</a>
 */
final class Uploads {

    private static final RequestBody NOTHING = RequestBody.create(new byte[0]);

    private final Transport transport;
    private final Blobs blobs;

    Uploads(Transport transport, Blobs blobs) {
        this.transport = transport;
        this.blobs = blobs;
    }

    void upload(Repository target, Blob blob) throws IOException {
        Optional<Origin> near = blob.origin().filter(origin -> origin.registry().equals(target.registry()));
        if (near.filter(origin -> origin.repository().equals(target.path())).isPresent()
                || blobs.exists(target, blob.digest(), Access.push(target))) {
            return;
        }
        try {
            transport.retries().run(() -> {
                Optional<HttpUrl> session = near.isPresent() ? mount(target, blob, near.get()) : start(target);
                if (session.isPresent()) {
                    send(target, blob, session.get());
                }
                return blob;
            });
        } catch (StreamedBody.SourceException e) {
            throw e.failure();
        }
    }

    /** Where to send the blob; nothing if it is there now. */
    private Optional<HttpUrl> mount(Repository target, Blob blob, Origin origin) throws IOException {
        HttpUrl url = uploads(target).newBuilder().addEncodedQueryParameter("mount", blob.digest().toString())
                .addEncodedQueryParameter("from", origin.repository()).build();
        Access access = Access.push(target).and("repository:" + origin.repository() + ":pull");
        try (Response response = transport.send(post(url), access)) {
            // 202: the registry does not mount, and waits for the bytes.
            return response.code() == 201 ? Optional.empty() : session(response, access);
        } catch (RegistryException e) {
            if (e.status() == 0 || e.retryable()) {
                throw e;
            }
            return start(target); // a mount that is refused says nothing of a plain upload
        }
    }

    private Optional<HttpUrl> start(Repository target) throws IOException {
        Access access = Access.push(target);
        try (Response response = transport.send(post(uploads(target)), access)) {
            return session(response, access);
        }
    }

    private Optional<HttpUrl> session(Response response, Access access) throws IOException {
        return Optional.of(transport.resolve(response.request().url(), response.header("Location", ""), access));
    }

    private void send(Repository target, Blob blob, HttpUrl session) throws IOException {
        HttpUrl url = session.newBuilder().addEncodedQueryParameter("digest", blob.digest().toString()).build();
        Request request = new Request.Builder().url(url).put(new StreamedBody(blob))
                .header("Content-Type", "application/octet-stream").build();
        transport.send(request, Access.push(target)).close();
    }

    private static Request post(HttpUrl url) {
        return new Request.Builder().url(url).post(NOTHING).build();
    }

    private HttpUrl uploads(Repository target) throws IOException {
        return transport.url(target.registry(), "v2/" + target.path() + "/blobs/uploads/");
    }
}
