package dev.davit.repl;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of cells in columns as wide as they need to be; what does not fit the width is cut at the right. */
final class Table {

    private static final String GAP = "  ";

    private record Row(List<String> cells, boolean exact) { }

    private final List<Row> rows = new ArrayList<>();
    private final int width;
    private final String alignment;

    /** @param alignment {@code l} or {@code r} for each column */
    Table(int width, String alignment) {
        this.width = width;
        this.alignment = alignment;
    }

    Table row(Object... cells) {
        return add(false, cells);
    }

    /** A row that is never cut: somebody may want to copy what is in it. */
    Table exact(Object... cells) {
        return add(true, cells);
    }

    private Table add(boolean exact, Object... cells) {
        rows.add(new Row(Arrays.stream(cells).map(cell -> visible(cell.toString().replace('\n', ' '))).toList(), exact));
        return this;
    }

    /** Control characters in a visible form: what comes from an image must not steer the terminal. */
    static String visible(String text) {
        StringBuilder visible = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean control = Character.isISOControl(c) && c != '\n' && c != '\t' || Character.isSurrogate(c)
                    && !Character.isSurrogatePair(c, i + 1 < text.length() ? text.charAt(i + 1) : ' ')
                    && !(i > 0 && Character.isSurrogatePair(text.charAt(i - 1), c));
            if (control && visible == null) {
                visible = new StringBuilder(text.substring(0, i));
            }
            if (visible != null) {
                visible.append(control ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return visible == null ? text : visible.toString();
    }

    List<String> lines() {
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
