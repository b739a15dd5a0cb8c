package dev.davit.archive;

import dev.davit.blob.Blob;
import dev.davit.blob.Compression;
import dev.davit.blob.Digest;
import dev.davit.blob.ObservedInputStream;
import dev.davit.blob.Traffic;
import dev.davit.blob.Transfers.Transfer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;

/**
 * The files in a tar file, found by one pass over its headers and read where they are. A packed tar file, or one that
 * comes as a stream, is first unpacked to a temporary file.
 */
final class TarEntries implements AutoCloseable {

    private static final int LARGEST_DOCUMENT = 32 << 20;
    /** More links in a row than any tool writes; less than a circle of them. */
    private static final int LONGEST_CHAIN = 32;

    private final String place;
    private final FileChannel channel;
    private final Map<String, TarArchiveEntry> entries = new LinkedHashMap<>();
    private final Set<String> doubled = new LinkedHashSet<>();

    private TarEntries(String place, FileChannel channel) throws IOException {
        this.place = place;
        this.channel = channel;
        try {
            // Closed with the channel. Its own streams share a position, so blobs could not be read side by side.
            TarFile tar = new TarFile(channel, 10240, 512, "UTF-8", true);
            for (TarArchiveEntry entry : tar.getEntries()) {
                TarArchiveEntry before = entries.put(normal(entry.getName()), entry);
                if (before != null && !(before.isDirectory() && entry.isDirectory())) {
                    doubled.add(normal(entry.getName()));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(place + " is not a tar file that can be read: " + e.getMessage(), e);
        }
    }

    static TarEntries of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, not an archive of images");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (InputStream pipe = Files.newInputStream(file)) {
                return of(pipe, file.toString());
            }
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            BufferedInputStream head = new BufferedInputStream(new SliceInputStream(channel, 0, channel.size()));
            if (Compression.sniff(head) == Compression.NONE) {
                return new TarEntries(file.toString(), channel);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        try (channel; InputStream in = new SliceInputStream(channel, 0, channel.size())) {
            return of(in, channel.size(), file.toString());
        }
    }

    static TarEntries of(InputStream in, String place) throws IOException {
        return of(in, -1, place);
    }

    private static TarEntries of(InputStream packed, long size, String place) throws IOException {
        Path file = Files.createTempFile("davit-", ".tar");
        // Where the system can, the file goes from its folder now, else when it is closed.
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        try {
            try (Transfer transfer = Traffic.begin("archive", size)) {
                InputStream in = new ObservedInputStream(packed, transfer);
                Compression.unpack(in).transferTo(Channels.newOutputStream(channel));
            } catch (IOException e) {
                throw new IOException(place + " cannot be unpacked: " + e.getMessage(), e);
            }
            return new TarEntries(place, channel.position(0));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The file's name, for messages. */
    String place() {
        return place;
    }

    boolean has(String name) {
        return find(name).isPresent();
    }

    /** Bytes of this file. */
    long size(String name) throws IOException {
        return entry(name).getSize();
    }

    /** Whether two names stand for the same file. */
    boolean isSame(String name, String other) {
        return name.equals(other) || has(name) && find(name).equals(find(other));
    }

    /** What the archive has, folders and links too, in its order. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** The names that several entries have, other than folders. The last of them is read. */
    Set<String> doubled() {
        return Collections.unmodifiableSet(doubled);
    }

    /**
     * The file as a blob.
     *
     * @param called what it is in messages
     */
    Blob blob(Digest digest, long size, String name, String called) {
        return Blob.of(digest, size, called, new Blob.Opener() {
            @Override
            public InputStream open() throws IOException {
                return TarEntries.this.open(name);
            }

            @Override
            public OptionalLong stored() {
                return find(name).stream().mapToLong(TarArchiveEntry::getSize).findFirst();
            }
        });
    }

    /** The bytes of this file; links are followed. */
    InputStream open(String name) throws IOException {
        TarArchiveEntry entry = entry(name);
        if (!channel.isOpen()) {
            throw new IOException(place + " is closed, so " + name + " cannot be read any more");
        }
        return new SliceInputStream(channel, entry.getDataOffset(), entry.getSize());
    }

    /** All bytes of a document. */
    byte[] read(String name) throws IOException {
        if (size(name) > LARGEST_DOCUMENT) {
            throw new IOException(place + ", " + name + " has " + size(name) + " bytes: too large for a document");
        }
        try (InputStream in = open(name)) {
            return in.readAllBytes();
        }
    }

    private TarArchiveEntry entry(String name) throws IOException {
        return find(name).orElseThrow(() -> new IOException(place + " has no file " + name));
    }

    private Optional<TarArchiveEntry> find(String name) {
        String at = normal(name);
        for (int i = 0; i < LONGEST_CHAIN; i++) {
            TarArchiveEntry entry = entries.get(at);
            if (entry == null) {
                return Optional.empty();
            }
            if (entry.isSymbolicLink()) {
                String target = entry.getLinkName();
                at = normal(target.startsWith("/") ? target : at + "/../" + target);
            } else if (entry.isLink()) {
                at = normal(entry.getLinkName());
            } else {
                return entry.isFile() && !entry.isSparse() ? Optional.of(entry) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The name without what says nothing: {@code ./a//b/../c} is {@code a/c}. */
    private static String normal(String name) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
