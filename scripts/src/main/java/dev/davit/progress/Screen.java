package dev.davit.progress;

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

    /** The one that shows the errors of this process, if the launcher found one. Starts a process to ask for its size. */
    public static Optional<Screen> ofErrors(Map<String, String> environment) {
        String streams = environment.getOrDefault("DAVIT_TERMINAL", "");
        String type = environment.getOrDefault("TERM", "");
        if (!streams.contains("2") || type.isEmpty() || type.equals("dumb")
                || !environment.getOrDefault("NO_COLOR", "").isEmpty()) {
            return Optional.empty();
        }
        int rows = 0;
        int columns = 0;
        try {
            Process process = new ProcessBuilder("sh", "-c", "stty size <&2 2> /dev/null")
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            byte[] told = process.getInputStream().readAllBytes();
            String[] size = new String(told, StandardCharsets.US_ASCII).strip().split(" ");
            if (size.length == 2) {
                rows = Integer.parseInt(size[0]);
                columns = Integer.parseInt(size[1]);
            }
        } catch (IOException | NumberFormatException e) {
            // There is a terminal anyway, and most have the usual size.
        }
        return Optional.of(new Screen(columns > 0 ? columns : USUAL_COLUMNS, rows > 0 ? rows : USUAL_ROWS,
                streams.contains("1")));
    }
}
