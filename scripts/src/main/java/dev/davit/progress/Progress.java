package dev.davit.progress;

import dev.davit.blob.Transfers;
import dev.davit.progress.Bars.Bar;
import dev.davit.progress.Bars.Total;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows what takes more than a second to move: on a screen as bars, which give way to whatever is printed and leave nothing
 * behind; elsewhere as a line for each when it is done.
 */
public final class Progress implements Transfers, AutoCloseable {

    private static final long SECOND = 1_000_000_000;
    private static final long TICK_MILLIS = 100;
    /** The rate is that of the last few seconds. */
    private static final int SAMPLES = 30;
    private static final long PAUSE = SECOND / 2;
    private static final long WORTH_A_LINE = 1 << 20;

    private record Sample(long time, long moved) { }

    private final OutputStream out;
    private final Supplier<Optional<Screen>> screens;
    private final LongSupplier clock;
    private final Footer footer;
    private final @Nullable Thread ticker;
    private final List<Moving> current = new ArrayList<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    /** Bytes of what has ended since the last pause. */
    private long ended;
    private long began;
    private long lastEnd;
    private volatile Optional<Screen> screen = Optional.empty();

    /**
     * @param out where to show it
     * @param screens what {@code out} is shown on, if it is a screen; asked often, but not in the first second
     */
    public Progress(OutputStream out, Supplier<Optional<Screen>> screens) {
        this(out, screens, System::nanoTime, true);
    }

    /** @param ticks whether it redraws by itself */
    Progress(OutputStream out, Supplier<Optional<Screen>> screens, LongSupplier clock, boolean ticks) {
        this.out = out;
        this.screens = screens;
        this.clock = clock;
        this.footer = new Footer(out);
        this.ticker = ticks ? new Thread(this::run, "progress") : null;
        if (ticker != null) {
            ticker.setDaemon(true);
        }
    }

    /** A stream of warnings and errors, which appear where the progress is shown. */
    public OutputStream errors(OutputStream errors) {
        return footer.above(errors, () -> true);
    }

    /** A stream of results, which may appear there too. */
    public OutputStream results(OutputStream results) {
        return footer.above(results, () -> screen.map(Screen::showsResults).orElse(false));
    }

    /** What moves, or waits for its turn. */
    private final class Moving {

        private final String name;
        private final long size;
        private volatile long position;
        private volatile long start;
        private int transfers;

        Moving(String name, long size) {
            this.name = name;
            this.size = size;
        }

        /** One more that tells of it; it ends with the last of them. */
        Transfer join() {
            transfers++;
            return new Transfer() {

                private boolean closed;

                @Override
                public void reached(long newPosition) {
                    if (start == 0) {
                        start = clock.getAsLong();
                    }
                    position = newPosition;
                }

                @Override
                public void close() {
                    if (leaves()) {
                        end(Moving.this);
                    }
                }

                private boolean leaves() {
                    synchronized (Progress.this) {
                        boolean last = !closed && --transfers == 0;
                        closed = true;
                        return last;
                    }
                }
            };
        }
    }

    @Override
    public synchronized Transfer begin(String name, long size) {
        return current.stream().filter(moving -> size >= 0 && moving.name.equals(name)).findFirst()
                .orElseGet(() -> add(name, size)).join();
    }

    private Moving add(String name, long size) {
        long now = clock.getAsLong();
        if (current.isEmpty() && (began == 0 || now - lastEnd > SECOND)) {
            began = now;
            ended = 0;
            samples.clear();
        }
        Moving moving = new Moving(name, size);
        current.add(moving);
        if (ticker != null && ticker.getState() == Thread.State.NEW) {
            ticker.start();
        }
        notifyAll();
        return moving;
    }

    private void end(Moving moving) {
        long now = clock.getAsLong();
        synchronized (this) {
            if (!current.remove(moving)) {
                return;
            }
            ended += moving.position;
            lastEnd = now;
        }
        boolean done = moving.size < 0 || moving.position == moving.size;
        if (done && moving.position >= WORTH_A_LINE && now - moving.start > SECOND && screens.get().isEmpty()) {
            print(Bars.done(new Bar(moving.name, moving.position, moving.size), (now - moving.start) / SECOND) + "\n");
        }
    }

    private void print(String line) {
        synchronized (footer) {
            try {
                out.write(line.getBytes(StandardCharsets.UTF_8));
                out.flush();
            } catch (IOException e) {
                // Nobody looks at it any more.
            }
        }
    }

    private void run() {
        try {
            while (true) {
                synchronized (this) {
                    while (current.isEmpty() && samples.isEmpty()) {
                        wait();
                    }
                    wait(TICK_MILLIS);
                }
                tick();
            }
        } catch (InterruptedException e) {
            // The end of it.
        }
    }

    /** Brings the screen up to date. */
    void tick() {
        long now = clock.getAsLong();
        List<Bar> bars = new ArrayList<>();
        Optional<Total> total = Optional.empty();
        boolean due;
        synchronized (this) {
            if (!current.isEmpty()) {
                total = Optional.of(total(now, bars));
            } else if (now - lastEnd < PAUSE) {
                return; // the next one is about to begin
            } else {
                samples.clear();
            }
            due = now - began > SECOND;
        }
        if (total.isEmpty()) {
            footer.clear();
        } else if (due) {
            Total shown = total.get();
            screen = screens.get();
            screen.ifPresent(on -> footer.draw(Bars.lines(bars, shown, on), on.columns()));
        }
    }

    private Total total(long now, List<Bar> bars) {
        long moved = ended;
        long expected = ended;
        for (Moving moving : current) {
            long position = moving.position;
            moved += position;
            expected = moving.size < 0 || expected < 0 ? -1 : expected + Math.max(position, moving.size);
            if (position > 0) {
                bars.add(new Bar(moving.name, position, moving.size));
            }
        }
        samples.add(new Sample(now, moved));
        if (samples.size() > SAMPLES) {
            samples.remove();
        }
        Sample first = samples.element();
        double seconds = (now - first.time) / (double) SECOND;
        long rate = seconds == 0 ? 0 : (long) (Math.max(0, moved - first.moved) / seconds);
        return new Total(moved, expected, rate);
    }

    /** Leaves nothing on the screen. */
    @Override
    public void close() {
        if (ticker != null) {
            ticker.interrupt();
        }
        synchronized (this) {
            current.clear();
        }
        footer.end();
    }
}
