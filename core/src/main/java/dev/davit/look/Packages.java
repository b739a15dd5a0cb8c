package dev.davit.look;

import dev.davit.blob.ContentStore;
import dev.davit.tar.Entry;
import dev.davit.tar.FileChange;
import dev.davit.tar.Overlay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The packages that dpkg, apk and rpm have installed in an image, by name: what their databases in the image say. Of rpm's,
 * the SQLite form is read, which is rpm's own since 2020; older ones are only told of. Unmodifiable.
 */
public final class Packages extends AbstractList<InstalledPackage> {

    private static final String DPKG = "var/lib/dpkg/status";
    private static final List<String> APK = List.of("lib/apk/db/installed", "usr/lib/apk/db/installed");
    private static final List<String> RPM = List.of("usr/lib/sysimage/rpm/", "var/lib/rpm/");
    private static final List<String> RPM_UNREAD = List.of("Packages", "Packages.db");

    private static final List<String> DATABASES = List.of("status", "installed", "rpmdb.sqlite", "rpmdb.sqlite-wal");

    /** Bytes of a database that is text; that of a whole desktop has some ten million. */
    private static final long LARGEST_TEXT = 256L << 20;

    private final List<InstalledPackage> packages;
    private final List<String> notes;

    private Packages(List<InstalledPackage> packages, List<String> notes) {
        this.packages = packages;
        this.notes = notes;
    }

    /**
     * Reads the databases; what is not there has no packages.
     *
     * @param store where rpm's database is unpacked, which is read in any order
     * @throws IOException also if a database is damaged
     */
    public static Packages of(Overlay files, ContentStore store) throws IOException {
        List<InstalledPackage> found = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        Optional<String> dpkg = file(files, DPKG);
        if (dpkg.isPresent()) {
            readText(files, DPKG, in -> Stanzas.dpkg(in, true, found::add));
        }
        // Images without dpkg itself, such as distroless ones, have a file for each package.
        for (String part : folder(files, DPKG + ".d")) {
            if (!part.endsWith(".md5sums")) {
                readText(files, part, in -> Stanzas.dpkg(in, false, found::add));
            }
        }
        Optional<String> apk = firstFile(files, APK);
        if (apk.isPresent()) {
            readText(files, apk.get(), in -> Stanzas.apk(in, found::add));
        }
        List<String> sqlite = RPM.stream().map(folder -> folder + "rpmdb.sqlite").toList();
        Optional<String> rpm = firstFile(files, sqlite);
        if (rpm.isPresent()) {
            readRpm(files, rpm.get(), store, found);
            if (files.find(rpm.get() + "-wal").filter(log -> log.size() > 0).isPresent()) {
                notes.add("/" + rpm.get() + "-wal has changes that are not read");
            }
        } else {
            for (String folder : RPM) {
                for (String name : RPM_UNREAD) {
                    file(files, folder + name).ifPresent(path -> notes.add("/" + path
                            + " lists packages in a form that is not read; rpmdb.sqlite is"));
                }
            }
        }
        found.sort(order(item -> item));
        return new Packages(List.copyOf(found), List.copyOf(notes));
    }

    /** Whether a change may be one of packages: of a file by the name of a database, or of a link that may lead to one. */
    static boolean mayDecide(FileChange change) {
        String path = "/" + change.path();
        return DATABASES.contains(path.substring(path.lastIndexOf('/') + 1)) || path.contains("/status.d/")
                || change.before().filter(Entry::isSymlink).isPresent() || change.after().filter(Entry::isSymlink).isPresent();
    }

    static <T> Comparator<T> order(Function<T, InstalledPackage> of) {
        return Comparator.comparing(of, Comparator.comparing(InstalledPackage::name).thenComparing(InstalledPackage::kind)
                .thenComparing(InstalledPackage::architecture).thenComparing(InstalledPackage::version));
    }

    private static void readRpm(Overlay files, String path, ContentStore store, List<InstalledPackage> found)
            throws IOException {
        read(files, path, in -> {
            var database = store.add(in::transferTo);
            try (Sqlite sqlite = Sqlite.open(database.file().orElseThrow())) {
                sqlite.blobs("Packages", header -> found.add(RpmHeader.parse(header)));
            }
        });
    }

    private interface Reader {
        void read(InputStream in) throws IOException;
    }

    private static void readText(Overlay files, String path, Reader reader) throws IOException {
        long size = files.resolve(path).size();
        if (size > LARGEST_TEXT) {
            throw new IOException("/" + path + " has " + size + " bytes, too many for a list of packages");
        }
        read(files, path, reader);
    }

    private static void read(Overlay files, String path, Reader reader) throws IOException {
        try (InputStream in = files.open(path)) {
            reader.read(in);
        } catch (IOException e) {
            throw new IOException("/" + path + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> firstFile(Overlay files, List<String> paths) throws IOException {
        for (String path : paths) {
            Optional<String> found = file(files, path);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> file(Overlay files, String path) throws IOException {
        try {
            Entry entry = files.resolve(path);
            return entry.isDirectory() ? Optional.empty() : Optional.of(entry.path());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static List<String> folder(Overlay files, String path) throws IOException {
        try {
            String prefix = files.resolve(path).path() + "/";
            return files.entries().stream().filter(entry -> entry.isFile() && entry.path().startsWith(prefix))
                    .map(Entry::path).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    @Override
    public InstalledPackage get(int index) {
        return packages.get(index);
    }

    @Override
    public int size() {
        return packages.size();
    }

    /** What the list may lack, and why, in sentences. */
    public List<String> notes() {
        return notes;
    }
}
