package dev.davit.registry;

import java.io.IOException;
import java.io.InputStream;
import okhttp3.Response;

/** Bodies of answers that are held in memory, never more than a limit of them. */
final class Bodies {

    /** Of manifests and lists. */
    static final int LARGEST_DOCUMENT = 32 << 20;
    /** Of tokens and errors. */
    static final int LARGEST_NOTE = 64 << 10;

    private Bodies() {
    }

    /**
     * The whole body.
     *
     * @throws IOException also if it is larger than the limit
     */
    static byte[] whole(Response response, int limit) throws IOException {
        byte[] bytes;
        try (InputStream in = response.body().byteStream()) {
            bytes = in.readNBytes(limit + 1);
        } catch (IOException e) {
            throw Failures.of(response.request(), e);
        }
        if (bytes.length > limit) {
            throw new IOException(response.request().method() + " " + Redaction.of(response.request().url())
                    + ": the answer is larger than " + limit + " bytes");
        }
        return bytes;
    }

    /** The beginning of the body of an error; nothing if it cannot be read. */
    static byte[] head(Response response) {
        try (InputStream in = response.body().byteStream()) {
            return in.readNBytes(LARGEST_NOTE);
        } catch (IOException e) {
            return new byte[0]; // the status says enough
        }
    }
}
