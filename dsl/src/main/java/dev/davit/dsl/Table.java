package dev.davit.dsl;

import dev.davit.blob.Legible;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells in columns as wide as they need to be; what does not fit the width is cut at the right. */
public final class Table {

    private static final String GAP = "  ";

    private record Row(List<String> cells, boolean exact) { }

    private final List<Row> rows = new ArrayList<>();
    private final int width;
    private final String alignment;

    /**
     * A table without rows yet.
     *
     * @param width columns that a line may have
     * @param alignment {@code l} or {@code r} for each column
     */
    public Table(int width, String alignment) {
        this.width = width;
        this.alignment = alignment;
    }

    /** Adds a row. */
    public Table row(Object... cells) {
        return add(false, cells);
    }

    /** A row that is never cut: somebody may want to copy what is in it. */
    public Table exact(Object... cells) {
        return add(true, cells);
    }

    private Table add(boolean exact, Object... cells) {
        rows.add(new Row(Arrays.stream(cells).map(cell -> Legible.text(cell.toString().replace('\n', ' '))).toList(), exact));
        return this;
    }

    /** The rows as text; control characters are shown, not sent: what comes from an image must not steer a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.cells.size(); column++) {
                String cell = row.cells.get(column);
                String padding = " ".repeat(columnWidth(column) - cell.length());
                line.append(column == 0 ? "" : GAP)
                        .append(alignment.charAt(column) == 'r' ? padding + cell : cell + padding);
            }
            String text = line.toString().stripTrailing();
            lines.add(row.exact ? text : cut(text));
        }
        return lines;
    }

    private int columnWidth(int column) {
        return rows.stream().filter(row -> column < row.cells.size())
                .mapToInt(row -> row.cells.get(column).length()).max().orElse(0);
    }

    private String cut(String line) {
        return line.length() <= width ? line : line.substring(0, Math.max(0, width - 1)) + "…";
    }
}
