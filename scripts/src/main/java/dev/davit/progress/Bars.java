package dev.davit.progress;

import dev.davit.blob.Legible;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Transfers as lines of text. */
final class Bars {

    /** One of those that move now. @param size -1 if nobody knows it yet */
    record Bar(String name, long position, long size) { }

    /**
     * All of them.
     *
     * @param expected bytes, of which so many have moved; -1 if nobody knows
     * @param rate in bytes per second
     */
    record Total(long moved, long expected, long rate) { }

    private static final int NAME = 12;
    private static final int NUMBERS = 24;
    private static final int NARROWEST = 8;

    private Bars() {
    }

    /** Lines that are narrower than the screen, and fewer than it has. */
    static List<String> lines(List<Bar> bars, Total total, Screen screen) {
        List<String> lines = new ArrayList<>();
        int width = Math.max(1, screen.columns() - 1);
        bars.stream().limit(Math.max(1, screen.rows() - 2)).forEach(bar -> lines.add(line(bar, width)));
        lines.add(line(total));
        lines.replaceAll(line -> line.substring(0, Math.min(line.length(), width)));
        return lines;
    }

    /** The line that tells of what has moved. */
    static String done(Bar bar, long seconds) {
        return label(bar) + Legible.size(bar.position()) + " in " + time(seconds);
    }

    private static String label(Bar bar) {
        String name = bar.name().replaceFirst("^[a-z0-9]+:", "");
        return String.format("%-" + NAME + "s  ", name.substring(0, Math.min(NAME, name.length())));
    }

    private static String line(Bar bar, int width) {
        String label = label(bar);
        if (bar.size() < 0) {
            return label + Legible.size(bar.position());
        }
        double share = bar.size() == 0 ? 1 : Math.min(1, (double) bar.position() / bar.size());
        String numbers = (int) (100 * share) + "%  " + Legible.size(bar.position()) + " of " + Legible.size(bar.size());
        int room = width - label.length() - NUMBERS - 4;
        int filled = (int) (room * share);
        return room < NARROWEST ? label + numbers
                : label + "[" + "=".repeat(filled) + " ".repeat(room - filled) + "]  " + numbers;
    }

    private static String line(Total total) {
        StringBuilder line = new StringBuilder(Legible.size(total.moved()));
        if (total.expected() >= 0) {
            line.append(" of ").append(Legible.size(total.expected()));
        }
        line.append(", ").append(Legible.size(total.rate())).append("/s");
        if (total.expected() >= 0 && total.rate() > 0) {
            line.append(", ").append(time((total.expected() - total.moved()) / total.rate())).append(" left");
        }
        return line.toString();
    }

    /** Such as {@code 3 min 20 s}. */
    static String time(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return (time.toMinutes() > 0 ? time.toMinutes() + " min " : "") + time.toSecondsPart() + " s";
    }
}
