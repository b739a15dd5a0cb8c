package dev.davit.registry;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that a registry refused or did not answer. The message is one sentence:
 * {@code GET https://ghcr.io/v2/a/b/manifests/x: 404 MANIFEST_UNKNOWN: manifest unknown}.
 */
public final class RegistryException extends IOException {

    private static final long serialVersionUID = 1;
    private static final List<Integer> WORTH_RETRYING = List.of(408, 429, 500, 502, 503, 504);

    private final String text;
    private final int status;
    private final String method;
    private final URI uri;
    private final transient List<Problem> problems;
    private final boolean retryable;
    private final @Nullable Duration retryAfter;

    private RegistryException(String text, int status, String method, URI uri, List<Problem> problems,
            boolean retryable, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(method + " " + uri + ": " + text, cause);
        this.text = text;
        this.status = status;
        this.method = method;
        this.uri = uri;
        this.problems = problems;
        this.retryable = retryable;
        this.retryAfter = retryAfter;
    }

    /** An answer with this status, which is not the one that was hoped for. */
    static RegistryException answered(int status, String text, String method, URI uri, List<Problem> problems,
            @Nullable Duration retryAfter) {
        return new RegistryException(status + " " + text, status, method, uri, problems,
                WORTH_RETRYING.contains(status), retryAfter, null);
    }

    /** No answer, or one that broke off. */
    static RegistryException unanswered(String text, String method, URI uri, boolean retryable, Throwable cause) {
        return new RegistryException(text, 0, method, uri, List.of(), retryable, null, cause);
    }

    /** The same, for who knows that the next try is another one. */
    RegistryException worthRetrying() {
        RegistryException other = new RegistryException(text, status, method, uri, problems(), true, retryAfter, getCause());
        other.setStackTrace(getStackTrace());
        return other;
    }

    /** The same, for who knows what to do instead. */
    RegistryException withAdvice(String advice) {
        RegistryException other = new RegistryException(text + "; " + advice, status, method, uri, problems(), retryable,
                retryAfter, getCause());
        other.setStackTrace(getStackTrace());
        return other;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return status;
    }

    public String method() {
        return method;
    }

    /** Without user information, and with {@code REDACTED} for the values of parameters that may be secret. */
    public URI uri() {
        return uri;
    }

    /** What the registry said; empty if it gave no reason, as the answer to a HEAD request never does. */
    public List<Problem> problems() {
        return problems == null ? List.of() : problems;
    }

    /** Whether the same request may succeed later. The client has by then tried as often as it is set to. */
    public boolean retryable() {
        return retryable;
    }

    /** How long the registry wants to be left alone. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
