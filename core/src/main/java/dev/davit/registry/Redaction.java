package dev.davit.registry;

import java.net.URI;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;

/** Addresses as they may be shown: presigned addresses and upload states carry secrets in their parameters. */
final class Redaction {

    private static final Set<String> HARMLESS =
            Set.of("scope", "service", "mount", "from", "digest", "n", "last", "query", "type", "size", "badges");

    private Redaction() {
    }

    static URI of(HttpUrl url) {
        HttpUrl.Builder shown = url.newBuilder().username("").password("").fragment(null);
        String query = url.encodedQuery();
        if (query != null) {
            shown.encodedQuery(Arrays.stream(query.split("&")).map(Redaction::parameter).collect(Collectors.joining("&")));
        }
        return shown.build().uri();
    }

    private static String parameter(String text) {
        int equals = text.indexOf('=');
        return equals < 0 || HARMLESS.contains(text.substring(0, equals)) ? text
                : text.substring(0, equals) + "=REDACTED";
    }
}
