package dev.davit.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;

/** Cuts the input into sections, has them compressed side by side and writes them in order: one gzip member. */
final class GzipStream extends OutputStream {

    private final OutputStream out;
    private final Gzip.Level level;
    private final SectionWorkers workers;
    private final CRC32 checksum = new CRC32();
    private final Queue<FutureTask<Section>> inFlight = new ArrayDeque<>();
    private final Queue<Section> idle = new ArrayDeque<>();
    private Section filling;
    private int inputSize;
    private boolean failed;
    private boolean closed;

    GzipStream(OutputStream out, Gzip.Level level, SectionWorkers workers) throws IOException {
        this.out = out;
        this.level = level;
        this.workers = workers;
        filling = new Section(level.matcher());
        out.write(level.header());
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed || failed) {
            throw new IOException(closed ? "the gzip stream is closed" : "the gzip stream has failed before");
        }
        failed = true;
        for (int at = offset, left = length; left > 0; ) {
            // Only more input makes a full section go: without, it is the last one and is marked so.
            if (filling.room() == 0) {
                next();
            }
            int part = Math.min(left, filling.room());
            filling.add(bytes, at, part);
            at += part;
            left -= part;
        }
        checksum.update(bytes, offset, length);
        inputSize += length;
        failed = false;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (out) {
            if (!failed) {
                finish();
            }
        } finally {
            inFlight.forEach(task -> task.cancel(false));
        }
    }

    /** Sends the full section off and begins another. */
    private void next() throws IOException {
        Section full = filling;
        filling = idle.isEmpty() ? new Section(level.matcher()) : idle.remove();
        filling.follow(full);
        FutureTask<Section> task = new FutureTask<>(full);
        inFlight.add(task);
        workers.executor().execute(task);
        // One more than there are threads, so that none has to wait for this one to write.
        while (!inFlight.isEmpty() && (inFlight.element().isDone() || inFlight.size() > workers.threads())) {
            writeOldest();
        }
    }

    private void finish() throws IOException {
        filling.last();
        FutureTask<Section> task = new FutureTask<>(filling);
        inFlight.add(task);
        // There is nothing to do here but wait, so this thread takes the last section itself.
        task.run();
        while (!inFlight.isEmpty()) {
            writeOldest();
        }
        writeNumber((int) checksum.getValue());
        // The size modulo 2^32: RFC 1952, 2.3.1.
        writeNumber(inputSize);
    }

    private void writeOldest() throws IOException {
        try {
            Section done = inFlight.remove().get();
            out.write(done.compressed(), 0, done.compressedSize());
            idle.add(done);
        } catch (ExecutionException | CancellationException e) {
            throw new IOException("cannot compress: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while compressing");
        }
    }

    private void writeNumber(int number) throws IOException {
        out.write(new byte[] {(byte) number, (byte) (number >> 8), (byte) (number >> 16), (byte) (number >> 24)});
    }
}
