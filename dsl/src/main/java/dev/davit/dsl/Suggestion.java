package dev.davit.dsl;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import org.codehaus.groovy.runtime.MethodRankHelper;

/** Finds what somebody meant who misspelt a name. */
public final class Suggestion {

    private Suggestion() {
    }

    /** The name that is nearest to the misspelt one, if any is near. */
    public static Optional<String> of(String misspelt, Collection<String> names) {
        int near = Math.max(1, misspelt.length() / 3);
        record Candidate(String name, int distance) { }
        return names.stream().distinct()
                .map(name -> new Candidate(name, distance(misspelt, name)))
                .filter(candidate -> candidate.distance <= near)
                .min(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** A clause for the end of a sentence; empty if no name is near. */
    public static String clause(String misspelt, Collection<String> names) {
        return of(misspelt, names).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    private static Object[] letters(String text) {
        return text.toLowerCase(Locale.ROOT).codePoints().boxed().toArray();
    }

    private static int distance(String a, String b) {
        return MethodRankHelper.damerauLevenshteinDistance(
                letters(a), letters(b));
    }
}
