package dev.davit.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A part of a sorted list of names: {@code n} of them after {@code last}, with a link to the next ones. */
final class Page {

    private Page() {
    }

    static List<String> of(List<String> names, Exchange exchange) throws Refusal {
        String last = exchange.query("last").orElse("");
        List<String> after = names.stream().filter(name -> name.compareTo(last) > 0).toList();
        Optional<String> wanted = exchange.query("n");
        if (wanted.isPresent() && !wanted.get().matches("[0-9]{1,9}")) {
            throw new Refusal(400, "PAGINATION_NUMBER_INVALID", "n is " + wanted.get() + ", expected a whole number");
        }
        int n = wanted.map(Integer::parseInt).orElse(Integer.MAX_VALUE);
        if (n >= after.size()) {
            return after;
        }
        List<String> page = after.subList(0, n);
        if (n > 0) {
            exchange.with("Link", "<" + exchange.path() + "?n=" + n + "&last="
                    + URLEncoder.encode(page.get(n - 1), StandardCharsets.UTF_8) + ">; rel=\"next\"");
        }
        return page;
    }
}
