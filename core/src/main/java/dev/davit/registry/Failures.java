package dev.davit.registry;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** What went wrong, in one sentence. */
final class Failures {

    private static final int LONGEST_QUOTE = 200;

    private Failures() {
    }

    /** An answer that is not a success. Reads its body and closes it. */
    static RegistryException of(Response response, String note) {
        try (response) {
            byte[] body = Bodies.head(response);
            List<Problem> problems = Problem.in(body);
            String reason = problems.stream().map(Problem::toString).filter(s -> !s.isEmpty())
                    .collect(Collectors.joining("; "));
            String text = reason.isEmpty() ? phrase(response) + quote(response, body) : reason;
            return RegistryException.answered(response.code(), oneLine(text) + limit(response) + note,
                    response.request().method(), Redaction.of(response.request().url()), problems, retryAfter(response));
        }
    }

    /** What was exceeded, and when that is over. */
    private static String limit(Response response) {
        if (response.code() != 429) {
            return "";
        }
        Optional<RateLimit> limit = RateLimit.of(response);
        Duration wait = retryAfter(response);
        String end = wait != null ? "more in " + RateLimit.text(wait)
                : limit.map(l -> "more in " + RateLimit.text(l.window()) + " at the latest").orElse("");
        String rule = limit.map(l -> "the limit is " + l.rule()).orElse("");
        return end.isEmpty() ? "" : " (" + rule + (rule.isEmpty() ? "" : "; ") + end + ")";
    }

    /** HTTP/2 has no reason phrases. */
    private static String phrase(Response response) {
        return switch (response.code()) {
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            case 504 -> "Gateway Timeout";
            default -> response.message().isEmpty() ? "is no success" : response.message();
        };
    }

    private static String quote(Response response, byte[] body) {
        String type = response.header("Content-Type", "");
        String said = oneLine(new String(body, StandardCharsets.UTF_8));
        return said.isEmpty() || !type.startsWith("text/plain") ? "" : ": " + said;
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }

    /** Seconds or a date; or Docker Hub's own header, seconds since 1970. */
    private static @Nullable Duration retryAfter(Response response) {
        String value = response.header("Retry-After", "").strip();
        String reset = response.header("X-RateLimit-Reset", "").strip();
        if (value.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        if (value.isEmpty() && response.code() == 429 && reset.matches("[0-9]{1,12}")) {
            return Duration.between(Instant.now(), Instant.ofEpochSecond(Long.parseLong(reset)));
        }
        try {
            return value.isEmpty() ? null : Duration.between(Instant.now(),
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** A request that got no answer, or an answer that broke off. */
    static RegistryException of(Request request, IOException e) {
        return of(request, e, false);
    }

    /** @param last whether trying again cannot help, whatever the failure is */
    static RegistryException of(Request request, IOException e, boolean last) {
        if (e instanceof RegistryException known) {
            return known;
        }
        String host = request.url().host();
        String text;
        boolean retryable = !last;
        if (e instanceof UnknownHostException) {
            text = "unknown host " + host;
            retryable = false;
        } else if (caused(e, CertificateException.class) || e instanceof SSLPeerUnverifiedException) {
            text = "the certificate of " + host + " is not trusted: " + root(e);
            retryable = false;
        } else if (e instanceof SSLException) {
            text = "no TLS connection to " + host + ": " + root(e)
                    + "; a registry that speaks plain HTTP must be declared insecure";
            retryable = false;
        } else if (e instanceof SocketTimeoutException) {
            text = "no answer from " + host + " in time";
        } else if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
            text = "cannot reach " + host + ": " + root(e);
        } else if (e instanceof EOFException || String.valueOf(e.getMessage()).startsWith("unexpected end of stream")) {
            text = "the connection to " + host + " ended too early";
        } else {
            text = "the connection to " + host + " broke: " + root(e);
        }
        return RegistryException.unanswered(text, request.method(), Redaction.of(request.url()), retryable, e);
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> kind) {
        return kind.isInstance(e) || e.getCause() != null && caused(e.getCause(), kind);
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
