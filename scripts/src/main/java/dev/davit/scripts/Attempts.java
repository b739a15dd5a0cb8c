package dev.davit.scripts;

import dev.davit.dsl.Secrecy;
import dev.davit.dsl.Sentence;
import dev.davit.dsl.Session;
import dev.davit.usage.ExitCode;
import dev.davit.usage.UsageException;
import groovy.lang.Closure;
import java.util.Collection;
import java.util.Map;

/** What a script does for each of several things, whatever becomes of the others. */
final class Attempts {

    private final Job job;
    private final Session session;
    private int depth;
    private int failed;

    Attempts(Job job, Session session) {
        this.job = job;
        this.session = session;
    }

    /**
     * Calls the block with each, and tells of failures; the outermost such call fails if there was one. Where there is only
     * one thing, its failure is the script's.
     */
    void each(Iterable<?> things, Closure<?> block) {
        if (things instanceof Collection<?> one && one.size() == 1) {
            call(block, one.iterator().next());
            return;
        }
        depth++;
        for (Object thing : things) {
            String name = String.valueOf(thing instanceof Map.Entry<?, ?> entry ? entry.getKey() : thing);
            try {
                call(block, thing);
            } catch (Exception e) {
                if (ExitCode.of(e) != ExitCode.FAILURE || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                failed++;
                String sentence = Sentence.of(e);
                session.failures().println(job.name() + ": " + (sentence.contains(name) ? "" : name + ": ") + sentence);
                if (job.common().isSet("trace")) {
                    session.failures().print(Secrecy.trace(e));
                }
            }
        }
        depth--;
        if (depth == 0 && failed > 0) {
            int all = failed;
            failed = 0;
            throw new UsageException(all + " failed");
        }
    }

    private static void call(Closure<?> block, Object thing) {
        if (thing instanceof Map.Entry<?, ?> entry && block.getMaximumNumberOfParameters() == 2) {
            block.call(entry.getKey(), entry.getValue());
        } else {
            block.call(thing);
        }
    }
}
