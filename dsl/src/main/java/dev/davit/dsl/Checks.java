package dev.davit.dsl;

import dev.davit.blob.AtomicFile;
import dev.davit.image.Artifact;
import dev.davit.policy.JUnitReport;
import dev.davit.policy.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All blocks {@code check} of a script, and the reports of what they have found. */
final class Checks {

    private final List<Check> all = new ArrayList<>();
    private final Map<Path, JUnitReport> reports = new LinkedHashMap<>();
    private @Nullable Path usual;

    void add(Check check) {
        all.add(check);
    }

    List<Check> all() {
        return all;
    }

    /** Judges an artifact by all checks that there are. */
    void judge(String place, Artifact artifact) throws IOException {
        for (Check check : all) {
            check.pass(place, artifact);
        }
    }

    /** Where the reports of those go that name no file. */
    synchronized void reportTo(Path file) {
        usual = file;
    }

    /** Writes what a check has found to a file, after what others have found; or to the usual one, if there is one. */
    synchronized void report(@Nullable Path file, String place, Verdict verdict) throws IOException {
        Path target = file == null ? usual : file;
        if (target != null) {
            JUnitReport report = reports.computeIfAbsent(target, path -> new JUnitReport());
            report.add(place, verdict);
            try (AtomicFile out = AtomicFile.create(target)) {
                report.writeTo(out);
                out.commit();
            }
        }
    }
}
