package dev.davit.registry;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Origin;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Blobs of a registry: whether they are there, and their bytes.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-blobs">Pulling blobs</a>
 */
final class Blobs {

    private final Transport transport;

    Blobs(Transport transport) {
        this.transport = transport;
    }

    /** Sends a request for a part of a blob. */
    @FunctionalInterface
    private interface Sender {
        Response send(Request request) throws IOException;
    }

    /**
     * The blob, whose bytes are fetched when it is opened.
     *
     * @param elsewhere where its owner serves it, for a blob that the registry does not have
     */
    Blob blob(Repository repository, Digest digest, long size, List<String> elsewhere) {
        Origin origin = new Origin(repository.registry(), repository.path());
        return Blob.of(digest, size, origin, new Blob.Opener() {
            @Override
            public InputStream open() throws IOException {
                Request named = new Request.Builder().url(url(repository, digest)).build();
                try {
                    return download(named, size, position -> transport.mirrors().read(repository, true,
                            (place, retries) -> part(new Request.Builder().url(url(place, digest)).build(),
                                    part -> transport.send(part, Access.pull(place)), position, size)));
                } catch (RegistryException e) {
                    return download(elsewhere, size, e);
                }
            }

            @Override
            public OptionalLong stored() throws IOException {
                try {
                    return OptionalLong.of(size(repository, digest));
                } catch (RegistryException e) {
                    if (e.status() == 404) {
                        return OptionalLong.empty();
                    }
                    throw e;
                }
            }
        });
    }

    private InputStream download(List<String> urls, long size, RegistryException refusal) throws IOException {
        StringBuilder reasons = new StringBuilder();
        for (String url : urls) {
            try {
                Request request = new Request.Builder().url(transport.outside(url)).build();
                return download(request, size, position -> part(request, transport::sendOutside, position, size));
            } catch (IOException e) {
                reasons.append("; ").append(e.getMessage());
            }
        }
        throw reasons.isEmpty() ? refusal : new IOException(refusal.getMessage() + reasons, refusal);
    }

    private InputStream download(Request request, long size, ResumingInputStream.Part part) throws IOException {
        return new ResumingInputStream(size, part, failure -> Failures.of(request, failure), transport.retries());
    }

    private static InputStream part(Request request, Sender sender, long position, long size) throws IOException {
        Request.Builder ranged = request.newBuilder();
        if (position > 0) {
            ranged.header("Range", "bytes=" + position + "-");
        }
        Response response = sender.send(ranged.build());
        try {
            boolean whole = response.code() != 206;
            long begin = whole ? 0 : begin(response, position);
            long length = response.body().contentLength();
            if (begin != position && !whole || length >= 0 && begin + length != size) {
                throw RegistryException.unanswered("the answer has bytes " + begin + " to " + (begin + length)
                        + " of a blob that should have " + size + " bytes", request.method(),
                        Redaction.of(request.url()), false, new IOException("wrong length"));
            }
            InputStream in = response.body().byteStream();
            in.skipNBytes(position - begin); // the registry does not know ranges
            return in;
        } catch (IOException e) {
            response.close();
            throw Failures.of(request, e);
        }
    }

    /** From {@code Content-Range: bytes 100-199/200}. */
    private static long begin(Response response, long asked) {
        String range = response.header("Content-Range", "");
        return range.matches("bytes [0-9]{1,18}-.*") ? Long.parseLong(range.substring(6, range.indexOf('-'))) : asked;
    }

    /** Bytes of the blob. */
    long size(Repository repository, Digest digest) throws IOException {
        return transport.mirrors().read(repository, true, (place, retries) -> {
            Request request = new Request.Builder().url(url(place, digest)).head().build();
            return retries.run(() -> {
                try (Response response = transport.send(request, Access.pull(place))) {
                    String length = response.header("Content-Length", "");
                    if (!length.matches("[0-9]{1,18}")) {
                        throw new IOException("HEAD " + request.url()
                                + ": the registry does not say how large the blob is");
                    }
                    return Long.parseLong(length);
                }
            });
        });
    }

    boolean exists(Repository repository, Digest digest, Access access) throws IOException {
        Request request = new Request.Builder().url(url(repository, digest)).head().build();
        try {
            return transport.retries().run(() -> {
                transport.send(request, access).close();
                return true;
            });
        } catch (RegistryException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private HttpUrl url(Repository repository, Digest digest) throws IOException {
        return transport.url(repository.registry(), "v2/" + repository.path() + "/blobs/" + digest);
    }
}
