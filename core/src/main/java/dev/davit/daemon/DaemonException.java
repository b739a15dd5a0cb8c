package dev.davit.daemon;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A request that an engine refused, did not answer or failed at. The message is one sentence:
 * {@code GET /v1.41/images/x:1/json at unix:///var/run/docker.sock: 404 No such image: x:1}.
 */
public final class DaemonException extends IOException {

    private static final long serialVersionUID = 1;

    private final String method;
    private final String path;
    private final int status;
    private final String reason;

    DaemonException(String method, String path, String place, int status, String reason, @Nullable Throwable cause) {
        super(method + " " + path + " at " + place + ": " + (status == 0 ? "" : status + " ") + reason, cause);
        this.method = method;
        this.path = path;
        this.status = status;
        this.reason = reason;
    }

    public String method() {
        return method;
    }

    /** With the version of the engine's interface, and with parameters. */
    public String path() {
        return path;
    }

    /** The HTTP status; 0 if there was no answer, and 200 where the engine failed after it had begun to answer. */
    public int status() {
        return status;
    }

    /** The end of the message: what the engine says, or why it says nothing. */
    String reason() {
        return reason;
    }
}
