package dev.davit.blob;

import dev.davit.blob.Transfers.Transfer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Blobs on their way to one place. All of them are announced, so that the work and its end can be told from the beginning. */
public final class Convoy implements AutoCloseable {

    private final Map<Digest, Transfer> transfers = new LinkedHashMap<>();

    private Convoy() {
    }

    public static Convoy of(Collection<Blob> blobs) {
        Convoy convoy = new Convoy();
        blobs.forEach(blob -> convoy.transfers.put(blob.digest(), Traffic.begin(blob.digest().toString(), blob.size())));
        return convoy;
    }

    /** This one is there, whether or not it had to be moved. */
    public void arrived(Blob blob) {
        transfers.get(blob.digest()).close();
    }

    /** Nothing more is to come, not even those that have not arrived. */
    @Override
    public void close() {
        transfers.values().forEach(Transfer::close);
    }
}
