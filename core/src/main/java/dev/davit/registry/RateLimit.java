package dev.davit.registry;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Response;

/**
 * How many manifests a registry lets somebody pull in a time, and how many of them are left.
 *
 * @param limit and {@code remaining} are {@link Long#MAX_VALUE} where nothing is limited
 * @param window in which so many may be pulled; zero where nothing is limited
 * @param source whose pulls are counted, an address or an account; empty if the registry does not say
 * @see <a href="https://docs.docker.com/docker-hub/usage/pulls/">Pull usage and limits of Docker Hub</a>
 */
public record RateLimit(long limit, long remaining, Duration window, String source) {

    static final RateLimit NONE = new RateLimit(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ZERO, "");

    private static final Pattern AMOUNT = Pattern.compile("\\s*(\\d{1,12})\\s*;\\s*w=(\\d{1,9})\\s*");
    private static final long FEW = 10;

    /** What the headers of an answer say; empty if they say nothing. */
    static Optional<RateLimit> of(Response response) {
        Matcher limit = AMOUNT.matcher(response.header("ratelimit-limit", ""));
        Matcher remaining = AMOUNT.matcher(response.header("ratelimit-remaining", ""));
        if (!limit.matches()) {
            return Optional.empty();
        }
        String source = response.header("docker-ratelimit-source", "").replaceAll("[\\p{Cntrl}\\s]+", "");
        return Optional.of(new RateLimit(Long.parseLong(limit.group(1)),
                remaining.matches() ? Long.parseLong(remaining.group(1)) : 0,
                Duration.ofSeconds(Long.parseLong(limit.group(2))), source));
    }

    /** Whether there is a limit. */
    public boolean isLimited() {
        return limit != Long.MAX_VALUE;
    }

    /** Whether less than a tenth is left. */
    boolean isNear() {
        return isLimited() && remaining < limit / (double) FEW;
    }

    /** The limit alone: {@code 100 pulls in 6 hours for 192.0.2.1}. */
    String rule() {
        return limit + " pulls in " + text(window) + (source.isEmpty() ? "" : " for " + source);
    }

    /** In the largest unit that leaves no more than a minute or a second out, rounded up: {@code 6 hours}. */
    static String text(Duration time) {
        long seconds = Math.max(1, time.toSeconds());
        long unit = seconds % 3600 == 0 ? 3600 : seconds > 60 ? 60 : 1;
        long units = (seconds + unit - 1) / unit;
        return units + (unit == 3600 ? " hour" : unit == 60 ? " minute" : " second") + (units == 1 ? "" : "s");
    }

    /** Such as {@code 76 of 100 pulls in 6 hours for 192.0.2.1 are left}. */
    @Override
    public String toString() {
        return isLimited() ? remaining + " of " + rule() + " are left" : "pulls are not limited";
    }
}
