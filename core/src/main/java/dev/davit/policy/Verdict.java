package dev.davit.policy;

import dev.davit.validate.Finding;
import java.util.List;

/**
 * What a policy finds.
 *
 * @param results of each rule for each image
 */
public record Verdict(List<Result> results) {

    /**
     * What one rule finds about one image.
     *
     * @param findings all that is wrong; empty if the image is as the rule wants it
     */
    public record Result(String rule, String image, List<Finding> findings) {

        public Result {
            findings = List.copyOf(findings);
        }
    }

    public Verdict {
        results = List.copyOf(results);
    }

    /** Whether every rule is content. */
    public boolean isPassed() {
        return results.stream().allMatch(result -> result.findings().isEmpty());
    }

    /** All that is wrong, in sentences that begin with the rule. */
    public List<String> problems() {
        return results.stream().flatMap(result -> result.findings().stream().map(finding -> result.rule() + ": " + finding))
                .toList();
    }
}
