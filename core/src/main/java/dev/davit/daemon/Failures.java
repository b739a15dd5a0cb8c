package dev.davit.daemon;

import dev.davit.json.Document;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import okhttp3.Request;
import okhttp3.Response;

/** What went wrong, in one sentence. */
final class Failures {

    private static final int LARGEST_NOTE = 64 << 10;
    private static final int LONGEST_QUOTE = 500;

    private Failures() {
    }

    /** An answer that is not a success. Reads its body and closes it. */
    static DaemonException of(Response response, String place) {
        try (response) {
            String reason = reason(response);
            return new DaemonException(response.request().method(), path(response.request()), place, response.code(),
                    reason.isEmpty() ? oneLine(response.message()) : reason, null);
        }
    }

    private static String reason(Response response) {
        byte[] body;
        try (InputStream in = response.body().byteStream()) {
            body = in.readNBytes(LARGEST_NOTE);
        } catch (IOException e) {
            return ""; // the status says enough
        }
        try {
            return oneLine(Document.parse(body, "answer").text("message").orElse(""));
        } catch (IOException e) {
            return oneLine(new String(body, StandardCharsets.UTF_8)); // something between here and the engine
        }
    }

    /** A request that got no answer, or an answer that broke off. */
    static DaemonException of(Request request, String place, IOException e) {
        if (e instanceof DaemonException known) {
            return known;
        }
        String reason;
        if (e instanceof ClosedChannelException || "Canceled".equals(e.getMessage())) {
            reason = "interrupted";
        } else if (e instanceof SocketTimeoutException) {
            reason = "no answer in time";
        } else if (e instanceof SSLException) {
            reason = "no TLS connection: " + root(e);
        } else if (e instanceof EOFException || String.valueOf(e.getMessage()).startsWith("unexpected end of stream")) {
            reason = "the connection ended too early";
        } else {
            reason = root(e);
        }
        return new DaemonException(request.method(), path(request), place, 0, reason, e);
    }

    static String path(Request request) {
        String query = request.url().encodedQuery();
        return request.url().encodedPath() + (query == null ? "" : "?" + query);
    }

    static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
        return oneLine(message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
    }
}
