package dev.davit.progress;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Lines below everything else on a terminal, which are redrawn in place and give way to what is printed. */
final class Footer {

    private static final String ESCAPE = "\033[";

    private final OutputStream out;
    private List<String> drawn = List.of();
    private int columns = 1;
    /** Whether what was printed last did not end its line: there is no place for the footer then. */
    private boolean midLine;
    private boolean ended;

    Footer(OutputStream out) {
        this.out = out;
    }

    /** Shows these lines in place of those before. */
    synchronized void draw(List<String> lines, int newColumns) {
        if (!midLine && !ended) {
            columns = newColumns;
            StringBuilder text = top();
            lines.forEach(line -> text.append(line).append(ESCAPE).append("K\n"));
            write(text.append(ESCAPE).append('J')); // all at once, so that nothing flickers
            drawn = lines;
        }
    }

    synchronized void clear() {
        if (!drawn.isEmpty()) {
            write(top().append(ESCAPE).append('J'));
            drawn = List.of();
        }
    }

    /** Goes, and does not come back. */
    synchronized void end() {
        clear();
        ended = true;
    }

    /** Goes to the first of the lines; on a screen that has become narrower one may take several rows. */
    private StringBuilder top() {
        int rows = drawn.stream().mapToInt(line -> Math.max(1, (line.length() + columns - 1) / columns)).sum();
        // What is typed meanwhile, Ctrl-C too, appears below the lines and moves the cursor.
        return rows == 0 ? new StringBuilder() : new StringBuilder("\r").append(ESCAPE).append(rows).append('A');
    }

    private void write(StringBuilder text) {
        try {
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            // Nobody looks at it any more; what is printed next says so.
        }
    }

    /**
     * The same stream, to whose text the footer gives way.
     *
     * @param shared whether the text appears on this terminal
     */
    OutputStream above(OutputStream text, BooleanSupplier shared) {
        return new FilterOutputStream(text) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                synchronized (Footer.this) {
                    if (length > 0 && shared.getAsBoolean()) {
                        clear();
                        midLine = bytes[offset + length - 1] != '\n';
                    }
                    out.write(bytes, offset, length);
                }
            }
        };
    }
}
