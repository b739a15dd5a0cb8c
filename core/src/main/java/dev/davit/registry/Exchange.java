package dev.davit.registry;

import java.net.URI;

/**
 * One request and its answer, as an observer sees it when the answer has been read to its end or let go.
 *
 * @param uri without user information, and without the values of parameters that may be secret
 * @param status of the answer; 0 if none came
 * @param sent bytes of the request's body
 * @param received bytes of the answer's body
 * @param millis from the start of the request until the answer's body was read
 */
public record Exchange(String method, URI uri, int status, long sent, long received, long millis) {

    /** One line: {@code GET https://ghcr.io/v2/a/b/manifests/x 200 1234 bytes 12 ms}. */
    @Override
    public String toString() {
        return method + " " + uri + " " + (status == 0 ? "no answer" : String.valueOf(status)) + " "
                + (sent > 0 ? sent + " bytes sent" : received + " bytes") + " " + millis + " ms";
    }
}
