package dev.davit.scripts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * A terminal that can redraw lines.
 *
 * @param showsResults whether results appear on it too
 */
public record Screen(int columns, int rows, boolean showsResults) {

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    /** The one that shows the errors of this process, if there is one. Starts two processes, which take some milliseconds. */
    static Optional<Screen> ofErrors(Map<String, String> environment) {
        String type = environment.getOrDefault("TERM", "dumb");
        if (type.isEmpty() || type.equals("dumb") || !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return Optional.empty();
        }
        try {
            Process size = new ProcessBuilder("sh", "-c", "stty size <&2").redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String[] found = new String(size.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
            if (found.length != 2 || size.waitFor() != 0) {
                return Optional.empty();
            }
            Process test = new ProcessBuilder("test", "-t", "1").redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
            int columns = Integer.parseInt(found[1]);
            int rows = Integer.parseInt(found[0]);
            return Optional.of(new Screen(columns > 0 ? columns : USUAL_COLUMNS, rows > 0 ? rows : USUAL_ROWS,
                    test.waitFor() == 0));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
