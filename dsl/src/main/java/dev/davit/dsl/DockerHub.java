package dev.davit.dsl;

import dev.davit.registry.Hub;
import dev.davit.registry.RateLimit;
import dev.davit.registry.SearchResult;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What scripts ask Docker Hub, beyond what every registry tells. */
public final class DockerHub {

    private static final int RESULTS = 25;

    private final Hub hub;

    DockerHub(Hub hub) {
        this.hub = hub;
    }

    /** The first 25 images that the Hub finds, the best match first. */
    public List<SearchResult> search(Object query) throws IOException {
        return search(Map.of(), query);
    }

    /**
     * The images that the Hub finds, the best match first: {@code hub.search('nginx', limit: 50, official: true)}.
     *
     * @param options {@code limit}, how many at most, and {@code official}, whether only official images count
     */
    public List<SearchResult> search(Map<String, ?> options, Object query) throws IOException {
        Options said = Options.of(options, "limit", "official");
        return hub.search(query.toString(), Math.toIntExact(said.number("limit", RESULTS)), said.isTrue("official"));
    }

    /** How many pulls are left for who asks. To ask costs none. */
    public RateLimit getRateLimit() throws IOException {
        return hub.rateLimit();
    }
}
