package dev.davit.registry;

import dev.davit.blob.Blob;
import dev.davit.blob.Origin;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One blob that is sent into a repository: as a whole, and if that breaks off, in chunks from where the registry stands. Only
 * tries that get no further than those before count as failed.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks">Chunks</a>
 */
final class Delivery {

    private static final RequestBody NOTHING = RequestBody.create(new byte[0]);

    private final Transport transport;
    private final Uploads uploads;
    private final Repository target;
    private final Blob blob;
    private final Optional<Origin> near;
    private Uploads.@Nullable Session session;
    private boolean inChunks;
    private int failures;
    /** Bytes that the registry had of the blob at best. */
    private long reached;

    Delivery(Transport transport, Uploads uploads, Repository target, Blob blob, Optional<Origin> near) {
        this.transport = transport;
        this.uploads = uploads;
        this.target = target;
        this.blob = blob;
        this.near = near;
    }

    void run() throws IOException {
        while (true) {
            try {
                Uploads.Session current = session;
                if (current == null) {
                    Optional<Uploads.Session> opened = uploads.open(target, blob, near);
                    if (opened.isPresent()) {
                        session = opened.get();
                        send(opened.get(), 0);
                    }
                    return;
                }
                if (resume(current)) {
                    return;
                }
            } catch (RegistryException e) {
                failures++;
                if (!transport.retries().allows(failures, e)) {
                    throw e;
                }
                transport.retries().await(failures, e);
            }
        }
    }

    /** Goes on in the same upload if the registry still knows it; says whether the blob is there. */
    private boolean resume(Uploads.Session current) throws IOException {
        long position = 0;
        Request request = new Request.Builder().url(current.url()).build();
        try (Response response = transport.send(request, Access.push(target))) {
            position = position(response);
            session = current = next(current, response);
        } catch (RegistryException e) {
            if (e.status() == 0 || e.retryable()) {
                throw e;
            }
            session = null; // so that it begins anew, unless only the answer to its end was lost
            return uploads.exists(target, blob);
        }
        progress(position);
        send(current, position);
        return true;
    }

    /** After {@code Range: 0-N}. One byte and no byte look alike; of one byte the registry says more when the next come. */
    private static long position(Response response) {
        String range = response.header("Range", "").replaceFirst("^bytes=", "");
        long last = range.matches("0-[0-9]{1,18}") ? Long.parseLong(range.substring(2)) : 0;
        return last == 0 ? 0 : last + 1;
    }

    private void progress(long position) {
        if (position > reached) {
            reached = position;
            failures = 0;
        }
    }

    private void send(Uploads.Session to, long position) throws IOException {
        if (position == 0 && !inChunks) {
            whole(to);
        } else {
            chunks(to, position);
        }
    }

    private void whole(Uploads.Session to) throws IOException {
        StreamedBody body = new StreamedBody(blob);
        try {
            finish(to, body);
        } catch (RegistryException e) {
            boolean isTooLarge = e.status() == 413; // for something on the way
            inChunks = isTooLarge || body.written() > to.chunk();
            throw isTooLarge && blob.size() > to.chunk() ? e.worthRetrying() : e;
        }
    }

    private void chunks(Uploads.Session to, long begin) throws IOException {
        Uploads.Session current = to;
        try (InputStream in = openAt(begin)) {
            for (long position = begin; position < blob.size();) {
                long end = Math.min(position + current.chunk(), blob.size());
                Request request = new Request.Builder().url(current.url()).patch(new StreamedBody(in, end - position))
                        .header("Content-Type", "application/octet-stream")
                        .header("Content-Range", position + "-" + (end - 1)).build();
                try (Response response = transport.send(request, Access.push(target))) {
                    current = next(current, response);
                    session = current;
                } catch (RegistryException e) {
                    throw e.status() == 416 ? e.worthRetrying() : e; // it stands elsewhere, and says where when asked
                }
                position = end;
                progress(position);
            }
        }
        finish(current, NOTHING);
    }

    private InputStream openAt(long position) throws IOException {
        try {
            InputStream in = blob.open();
            try {
                in.skipNBytes(position);
                return in;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StreamedBody.SourceException(e);
        }
    }

    private Uploads.Session next(Uploads.Session current, Response response) throws IOException {
        String location = response.header("Location", "");
        HttpUrl url = location.isEmpty() ? current.url()
                : transport.resolve(response.request().url(), location, Access.push(target));
        return new Uploads.Session(url, current.chunk());
    }

    private void finish(Uploads.Session to, RequestBody body) throws IOException {
        HttpUrl url = to.url().newBuilder().addEncodedQueryParameter("digest", blob.digest().toString()).build();
        transport.send(new Request.Builder().url(url).put(body).header("Content-Type", "application/octet-stream").build(),
                Access.push(target)).close();
    }
}
