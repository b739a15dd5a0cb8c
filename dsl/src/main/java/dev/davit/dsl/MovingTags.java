package dev.davit.dsl;

import dev.davit.ref.Reference;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds where a script starts from a tag that somebody may move at any time; each once. */
final class MovingTags {

    private final String script;
    private final Set<Reference> known = ConcurrentHashMap.newKeySet();

    /** @param script what the warnings call it */
    MovingTags(String script) {
        this.script = script;
    }

    Optional<String> warning(String said, Reference reference) {
        boolean moves = reference.digest().isEmpty() && reference.tag().equals(Optional.of("latest"));
        return moves && known.add(reference) ? Optional.of(script + ": '" + said + (said.endsWith(":latest") ? "' moves"
                : "' means " + reference.familiar() + ", which moves") + "; name a version") : Optional.empty();
    }
}
