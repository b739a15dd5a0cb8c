package dev.davit.proof;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listing of a directory the other way round. {@link Disorder} has it called from inside the JDK: it is one class, and
 * knows the JDK only.
 */
public final class Reversal implements DirectoryStream<Path> {

    private final DirectoryStream<Path> stream;

    private Reversal(DirectoryStream<Path> stream) {
        this.stream = stream;
    }

    /** What is in a directory. */
    public static DirectoryStream<Path> of(DirectoryStream<Path> stream) {
        return new Reversal(stream);
    }

    /** The names of what is in a directory; null if it cannot be read. */
    public static String @Nullable [] of(String @Nullable [] names) {
        if (names == null) {
            return null;
        }
        String[] reversed = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            reversed[i] = names[names.length - 1 - i];
        }
        return reversed;
    }

    @Override
    public Iterator<Path> iterator() {
        List<Path> entries = new ArrayList<>();
        Iterator<Path> all = stream.iterator();
        while (all.hasNext()) {
            entries.add(all.next());
        }
        Collections.reverse(entries);
        return entries.iterator();
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
