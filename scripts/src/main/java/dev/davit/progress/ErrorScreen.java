package dev.davit.progress;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The screen that shows the errors of this process, if the launcher found one and it can redraw. Starts a process to ask for
 * its size, once and whenever that has changed.
 */
public final class ErrorScreen implements Supplier<Optional<Screen>> {

    private static final int USUAL_COLUMNS = 80;
    private static final int USUAL_ROWS = 24;

    private final boolean there;
    private final boolean showsResults;
    private boolean watched;
    private volatile boolean changed = true;
    private Optional<Screen> screen = Optional.empty();

    public ErrorScreen(Map<String, String> environment) {
        String streams = environment.getOrDefault("DAVIT_TERMINAL", "");
        String type = environment.getOrDefault("TERM", "");
        this.there = streams.contains("2") && !type.isEmpty() && !type.equals("dumb");
        this.showsResults = streams.contains("1");
    }

    @Override
    public synchronized Optional<Screen> get() {
        if (there && changed) {
            watch();
            changed = false;
            screen = Optional.of(ask());
        }
        return screen;
    }

    /** The system has a signal for it. By reflection, as javac warns of the JDK's own class. */
    private void watch() {
        if (watched) {
            return;
        }
        watched = true;
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                    (proxy, method, arguments) -> changed = true);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("WINCH"), handling);
        } catch (ReflectiveOperationException e) {
            // Bars stay as wide as they are.
        }
    }

    private Screen ask() {
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
        return new Screen(columns > 0 ? columns : USUAL_COLUMNS, rows > 0 ? rows : USUAL_ROWS, showsResults);
    }
}
