package dev.davit.blob;

import dev.davit.blob.Transfers.Transfer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Tells a transfer how far it gets, and of its end. */
public final class ObservedInputStream extends FilterInputStream {

    private final Transfer transfer;
    private long position;

    public ObservedInputStream(InputStream in, Transfer transfer) {
        super(in);
        this.transfer = transfer;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        moved(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        moved(n);
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        long skipped = super.skip(n);
        moved(skipped);
        return skipped;
    }

    private void moved(long bytes) {
        if (bytes > 0) {
            position += bytes;
            transfer.reached(position);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        transfer.close();
        super.close();
    }
}
