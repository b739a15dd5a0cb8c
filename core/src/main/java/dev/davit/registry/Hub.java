package dev.davit.registry;

import dev.davit.json.Document;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * What Docker Hub tells beyond what every registry does. Where {@code DAVIT_HUB} is set in the client's environment, that
 * host, with its port if it has one, is asked instead.
 */
public final class Hub {

    /** The Hub gives at most so many results, however they are divided into pages. */
    public static final int MOST_RESULTS = 2500;

    private static final int RESULTS_PER_PAGE = 100;
    private static final String API = "hub.docker.com";

    private final Transport transport;
    private final String api;
    private final Repository preview;

    Hub(Transport transport, String instead) {
        this.transport = transport;
        this.api = instead.isEmpty() ? API : instead;
        this.preview = new Repository(instead.isEmpty() ? Repository.HUB : instead, "ratelimitpreview/test");
    }

    /**
     * The images that the Hub finds, the best match first. Costs a request for each 100 of them, and no pull.
     *
     * @param limit how many at most, up to {@link #MOST_RESULTS}
     * @param official whether only Docker's official images count
     */
    public List<SearchResult> search(String query, int limit, boolean official) throws IOException {
        if (limit < 1 || limit > MOST_RESULTS) {
            throw new IllegalArgumentException("malformed limit " + limit + ": expected 1 to " + MOST_RESULTS);
        }
        List<SearchResult> results = new ArrayList<>();
        int got = 0;
        while (got < limit) {
            int size = Math.min(RESULTS_PER_PAGE, limit - got);
            HttpUrl.Builder url = transport.url(api, "api/search/v4").newBuilder().addQueryParameter("query", query)
                    .addQueryParameter("type", "image").addQueryParameter("from", String.valueOf(got))
                    .addQueryParameter("size", String.valueOf(size));
            if (official) {
                url.addQueryParameter("badges", "official");
            }
            Transport.Answer answer = transport.get(url.build(), "application/json", Access.toRegistry(api));
            var page = Document.parse(answer.bytes(), "the answer of " + Redaction.of(url.build())).objects("results");
            page.forEach(result -> SearchResult.read(result).ifPresent(results::add));
            if (page.size() < size) {
                break;
            }
            got += page.size();
        }
        return List.copyOf(results);
    }

    /** How many pulls are left for who asks, with the credentials that the client has. To ask costs none. */
    public RateLimit rateLimit() throws IOException {
        Request request = new Request.Builder().head()
                .url(transport.url(preview.registry(), "v2/" + preview.path() + "/manifests/latest")).build();
        return transport.retries().run(() -> {
            try (Response response = transport.send(request, Access.pull(preview))) {
                return RateLimit.of(response).orElse(RateLimit.NONE);
            }
        });
    }
}
