package dev.davit.auth;

import dev.davit.blob.Digest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to Amazon, version 4 of the scheme.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html">The scheme</a>
 */
final class AwsSignature {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int DATE_LENGTH = 8;

    private AwsSignature() {
    }

    /** All headers to send: the given ones, and those that sign the request. The address's query must be in order. */
    static Map<String, String> sign(String method, URI uri, Map<String, String> headers, byte[] body,
            AwsCredentials credentials, String region, String service, Instant now) {
        String time = TIME.format(now);
        Map<String, String> signed = new TreeMap<>();
        headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
        signed.put("host", uri.getRawAuthority());
        signed.put("x-amz-date", time);
        if (!credentials.session().isEmpty()) {
            signed.put("x-amz-security-token", credentials.session());
        }
        String names = String.join(";", signed.keySet());
        String request = String.join("\n", method, uri.getRawPath().isEmpty() ? "/" : uri.getRawPath(),
                uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                signed.entrySet().stream().map(h -> h.getKey() + ":" + h.getValue() + "\n").collect(Collectors.joining()),
                names, Digest.of(body).hex());
        String scope = String.join("/", time.substring(0, DATE_LENGTH), region, service, "aws4_request");
        String text = String.join("\n", "AWS4-HMAC-SHA256", time, scope, Digest.of(bytes(request)).hex());
        byte[] key = bytes("AWS4" + credentials.secretKey());
        for (String part : scope.split("/")) {
            key = hmac(key, part);
        }
        signed.put("authorization", "AWS4-HMAC-SHA256 Credential=" + credentials.accessKey() + "/" + scope
                + ", SignedHeaders=" + names + ", Signature=" + HexFormat.of().formatHex(hmac(key, text)));
        signed.remove("host");
        return Collections.unmodifiableMap(new LinkedHashMap<>(signed));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(bytes(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
