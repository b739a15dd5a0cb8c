package dev.davit.registry;

import java.net.URI;
import java.util.Set;
import okhttp3.HttpUrl;

/** Addresses as they may be shown: presigned addresses and upload states carry secrets in their parameters. */
final class Redaction {

    private static final Set<String> HARMLESS =
            Set.of("scope", "service", "mount", "from", "digest", "n", "last");

    private Redaction() {
    }

    static URI of(HttpUrl url) {
        HttpUrl.Builder shown = url.newBuilder().username("").password("").fragment(null);
        for (String name : url.queryParameterNames()) {
            if (!HARMLESS.contains(name)) {
                shown.setQueryParameter(name, "REDACTED");
            }
        }
        return shown.build().uri();
    }
}
