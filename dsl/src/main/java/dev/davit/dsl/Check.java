package dev.davit.dsl;

import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.policy.Policy;
import dev.davit.policy.Verdict;
import groovy.lang.Closure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block {@code check} of a script: its rules, and its report. As a gate it looks at each artifact once. */
final class Check implements Gate {

    private final Session session;
    private final Policy policy;
    private final @Nullable Path file;
    private final Set<Digest> passed = new LinkedHashSet<>();

    private Check(Session session, Policy policy, @Nullable Path file) {
        this.session = session;
        this.policy = policy;
        this.file = file;
    }

    static Check of(Map<?, ?> options, Closure<?> block) {
        Session session = Session.current();
        Object file = Options.of(options, "junit").get("junit");
        return new Check(session, Policy.of(policy -> Blocks.run(block, policy)), file == null ? null : session.resolve(file));
    }

    @Override
    public synchronized boolean pass(String place, Artifact artifact) throws IOException {
        if (passed.contains(artifact.digest())) {
            return true;
        }
        Verdict verdict = policy.check(artifact, session.store());
        if (!session.isPlanning()) {
            session.checks().report(file, place, verdict);
        }
        if (!verdict.isPassed()) {
            throw new CheckFailed(place, verdict.problems());
        }
        passed.add(artifact.digest());
        return true;
    }
}
