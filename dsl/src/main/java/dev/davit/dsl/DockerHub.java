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
    private static final List<String> OPTIONS = List.of("limit", "official");

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
        int limit = RESULTS;
        boolean official = false;
        for (Map.Entry<String, ?> option : options.entrySet()) {
            switch (option.getKey()) {
                case "limit" -> limit = ((Number) option.getValue()).intValue();
                case "official" -> official = (Boolean) option.getValue();
                default -> throw new IllegalArgumentException("there is no option '" + option.getKey() + "'"
                        + Suggestion.clause(option.getKey(), OPTIONS) + " (options are " + String.join(", ", OPTIONS) + ")");
            }
        }
        return hub.search(query.toString(), limit, official);
    }

    /** How many pulls are left for who asks. To ask costs none. */
    public RateLimit getRateLimit() throws IOException {
        return hub.rateLimit();
    }
}
