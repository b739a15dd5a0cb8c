package dev.davit.usage;

import dev.davit.dsl.CheckFailed;
import dev.davit.dsl.Drifted;
import dev.davit.proof.Irreproducible;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a run ends, as its caller sees it. */
public enum ExitCode {

    SUCCESS(0, "success"),
    FAILURE(1, "failure, also of a command line that makes no sense"),
    CHECK_FAILED(3, "a check failed: an image is not as it must be", CheckFailed.class),
    NOT_REPRODUCIBLE(4, "not reproducible: builds of a recipe differ", Irreproducible.class),
    DRIFTED(5, "drift: what a recipe makes is not what its lock has", Drifted.class),
    DIFFERENT(6, "different, or out of date, where --exit-code asks for it", DifferenceFound.class),
    INTERRUPTED(130, "interrupted"),
    BROKEN_PIPE(141, "nobody reads the results any more", BrokenPipe.class);

    /** From here on, those that a shell gives for a signal. */
    private static final int SIGNALS = 128;

    private final int number;
    private final String meaning;
    private final @Nullable Class<? extends Throwable> failure;

    ExitCode(int number, String meaning) {
        this(number, meaning, null);
    }

    ExitCode(int number, String meaning, @Nullable Class<? extends Throwable> failure) {
        this.number = number;
        this.meaning = meaning;
        this.failure = failure;
    }

    /** How a run ends that fails in this way. */
    public static ExitCode of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isInterruption(cause)) {
                return INTERRUPTED;
            }
            for (ExitCode code : values()) {
                if (code.failure != null && code.failure.isInstance(cause)) {
                    return code;
                }
            }
        }
        return FAILURE;
    }

    private static boolean isInterruption(Throwable cause) {
        return cause instanceof InterruptedException || cause instanceof ClosedByInterruptException
                || cause instanceof InterruptedIOException && !(cause instanceof SocketTimeoutException);
    }

    /** What the process ends with. */
    public int number() {
        return number;
    }

    /** The one by which some scripts say what they have found. */
    static ExitCode finding(int number) {
        List<ExitCode> findings = Arrays.stream(values()).filter(code -> code.failure != null && code.number < SIGNALS).toList();
        return findings.stream().filter(code -> code.number == number).findFirst().orElseThrow(() ->
                new IllegalArgumentException("malformed exit code " + number + ": expected "
                        + String.join(" or ", meanings(findings).keySet())));
    }

    /** These, with what they mean. */
    public static Map<String, String> meanings(List<ExitCode> codes) {
        Map<String, String> meanings = new LinkedHashMap<>();
        codes.forEach(code -> meanings.put(String.valueOf(code.number), code.meaning));
        return meanings;
    }
}
