package dev.davit.dsl;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.codehaus.groovy.runtime.MethodRankHelper;

/** Finds what somebody meant who misspelt a name. */
public final class Suggestion {

    private Suggestion() {
    }

    /** The name that is nearest to the misspelt one, if any is near. */
    public static Optional<String> of(String misspelt, Collection<String> names) {
        double near = Math.max(1, misspelt.length() / 3);
        record Candidate(String name, double distance) { }
        return names.stream().distinct()
                .map(name -> new Candidate(name, distance(misspelt, name)))
                .filter(candidate -> candidate.distance <= near)
                .min(Comparator.comparingDouble(Candidate::distance).thenComparing(Candidate::name))
                .map(Candidate::name);
    }

    /** A clause for the end of a sentence; empty if no name is near. */
    public static String clause(String misspelt, Collection<String> names) {
        return of(misspelt, names).map(name -> "; did you mean '" + name + "'?").orElse("");
    }

    /** In edits; a change of case, or two letters in each other's place, is half of one. */
    private static double distance(String a, String b) {
        return MethodRankHelper.delDistance(a, b) / 10.0;
    }
}
