package dev.davit.progress

/** What a terminal of some width shows of the bytes that are written to it. */
final class TestScreen extends OutputStream {

    int columns = 80
    /** Gets the same bytes. */
    OutputStream copy = nullOutputStream()
    private final List<StringBuilder> lines = [new StringBuilder()]
    private int row
    private int column
    private String escape

    @Override
    synchronized void write(int b) {
        copy.write(b)
        char c = (char) b
        if (escape != null) {
            escape += c
            if (c.letter) {
                obey(c, escape - '[' - c)
                escape = null
            }
        } else if (b == 27) {
            escape = ''
        } else if (c == (char) '\n') {
            down()
        } else if (c == (char) '\r') {
            column = 0
        } else {
            assert !Character.isISOControl(c)
            if (column == columns) {
                down()
            }
            def line = lines[row]
            line.setLength(Math.max(line.length(), column))
            line.replace(column, Math.min(column + 1, line.length()), c as String)
            column++
        }
    }

    private void down() {
        row++
        column = 0
        if (row == lines.size()) {
            lines << new StringBuilder()
        }
    }

    private void obey(char command, String number) {
        switch (command as String) {
            case 'A' -> row -= number as int
            case 'K' -> lines[row].setLength(column)
            case 'J' -> {
                lines[row].setLength(column)
                lines.subList(row + 1, lines.size()).clear()
            }
            default -> throw new AssertionError((Object) "unknown escape $number$command")
        }
    }

    @Override
    synchronized String toString() {
        lines.join('\n')
    }
}
