package dev.davit.tar;

import dev.davit.blob.Codec;
import dev.davit.blob.Compression;
import dev.davit.blob.ContentStore;
import dev.davit.image.Layer;
import dev.davit.tar.Entry.Attributes;
import dev.davit.tar.Entry.Owner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Says what a layer consists of, while {@link #build} runs. The same statements over the same content give the same
 * bytes everywhere: entries are sorted by the bytes of their path; owner is 0:0; the mode of a file is 0644, or 0755 if
 * it has any execute bit; the time is the layer's. If two statements are about the same path, the last one holds.
 *
 * <p>A path in the image begins at its root, with a slash or without.
 *
 * <p>A layer says only what it adds. A directory that merely holds something is not part of it, so that mode, owner and
 * symbolic links of the base stay what they are: with {@code lib -> usr/lib} in the base, {@code /lib/x} goes to
 * {@code usr/lib/x}. Engines make a directory that nobody describes with mode 0755 and owner 0:0. It is written when it
 * is empty, when {@link #mkdir} names it, or when a {@code dir} statement sets owner or mode.
 */
public final class LayerBuilder {

    /** A block of statements. */
    @FunctionalInterface
    public interface Block {
        void applyTo(LayerBuilder layer) throws IOException;
    }

    private static final int LONGEST_SUMMARY = 200;

    private final Path folder;
    private final LayerContent content;
    private final Attributes file;
    private final Listener listener;
    private final List<String> summary = new ArrayList<>();
    private Compression compression = Compression.GZIP;

    private LayerBuilder(Path folder, Instant created, Listener listener) {
        this.folder = folder.toAbsolutePath();
        this.listener = listener;
        this.file = Attributes.of(0644, Instant.ofEpochSecond(created.getEpochSecond()));
        this.content = new LayerContent(file);
    }

    /**
     * Makes a layer. The store has it once this returns; content is read once.
     *
     * @param folder what sources are relative to
     * @param created the time of all entries that are not given one; whole seconds count
     * @throws IllegalArgumentException if a statement cannot be carried out; names it
     */
    public static Layer build(ContentStore store, Path folder, Instant created, Block block) throws IOException {
        return build(store, folder, created, block, path -> { });
    }

    /** Told of statements while they are made. */
    public interface Listener {

        /** @param path in the image */
        void statement(String path);

        /** @param file on this machine, or folder, that is taken over */
        default void source(Path file) { }
    }

    /** The same, with a listener. */
    public static Layer build(ContentStore store, Path folder, Instant created, Block block, Listener listener)
            throws IOException {
        LayerBuilder builder = new LayerBuilder(folder, created, listener);
        block.applyTo(builder);
        return builder.write(store);
    }

    private Layer write(ContentStore store) throws IOException {
        return LayerWriter.write(store, Codec.of(compression), "davit layer: " + summary(), content::writeTo);
    }

    private String summary() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < summary.size(); i++) {
            if (i > 0 && text.length() + summary.get(i).length() > LONGEST_SUMMARY) {
                return text + " and " + (summary.size() - i) + " more";
            }
            text.append(i == 0 ? "" : ", ").append(summary.get(i));
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }

    /** How the layer is packed; gzip if nothing is said. */
    public void compression(Compression other) {
        compression = other;
    }

    /** What the folder holds, under this path. Symbolic links in it stay links; each name of a file becomes a file. */
    public void dir(String source, String target) throws IOException {
        dir(source, target, settings -> { });
    }

    /**
     * What the folder holds, under this path. Owner and mode are for everything, the directory itself included; a
     * directory also gets an execute bit for each read bit of the mode.
     *
     * @throws IllegalArgumentException if something in it is no file, directory or symbolic link
     */
    public void dir(String source, String target, Consumer<Settings> settings) throws IOException {
        String statement = "dir '" + source + "'";
        Path path = source(statement, source);
        if (!Files.isDirectory(path)) {
            throw missing(statement, path, "is not a directory");
        }
        String root = LayerPath.of(statement, target);
        note("dir", root);
        new SourceFolder(statement, content, file, Settings.of(settings)).add(path, root);
    }

    /** One file; a symbolic link is followed. */
    public void file(String source, String target) throws IOException {
        file(source, target, settings -> { });
    }

    /** One file, with settings of its own. */
    public void file(String source, String target, Consumer<Settings> settings) throws IOException {
        String statement = "file '" + source + "'";
        Path path = source(statement, source);
        if (!Files.isRegularFile(path)) {
            throw missing(statement, path, "is not a file");
        }
        String name = LayerPath.ofFile(statement, target);
        note("file", name);
        content.add(statement, path, name, Settings.of(settings).of(file.withMode(SourceFolder.mode(path))));
    }

    /** A file with this content, as UTF-8. */
    public void text(String target, String text) {
        text(target, text, settings -> { });
    }

    /** A file with this content, as UTF-8, with settings of its own. */
    public void text(String target, String text, Consumer<Settings> settings) {
        add("text", target, text.getBytes(StandardCharsets.UTF_8), settings);
    }

    /** A file with this content. */
    public void bytes(String target, byte[] bytes) {
        bytes(target, bytes, settings -> { });
    }

    /** A file with this content, with settings of its own. */
    public void bytes(String target, byte[] bytes, Consumer<Settings> settings) {
        add("bytes", target, bytes.clone(), settings);
    }

    private void add(String verb, String target, byte[] bytes, Consumer<Settings> settings) {
        String name = LayerPath.ofFile(verb + " '" + target + "'", target);
        note(verb, name);
        content.add(Entry.file(name, bytes.length, Settings.of(settings).of(file)),
                () -> new ByteArrayInputStream(bytes));
    }

    /** A symbolic link at this path, with its target as it is given. */
    public void symlink(String path, String target) {
        symlink(path, target, settings -> { });
    }

    /** A symbolic link with settings of its own; it has no mode. */
    public void symlink(String path, String target, Consumer<Settings> settings) {
        String statement = "symlink '" + path + "'";
        String name = LayerPath.ofFile(statement, path);
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("layer: " + statement + " needs a target, such as ../lib/a.so.1");
        }
        note("symlink", name);
        content.add(Entry.symlink(name, target, Settings.of(settings).of(file).withMode(0777)));
    }

    /** A directory, with mode 0755. */
    public void mkdir(String path) {
        mkdir(path, settings -> { });
    }

    /** A directory, with settings of its own. */
    public void mkdir(String path, Consumer<Settings> settings) {
        String name = LayerPath.ofEntry("mkdir '" + path + "'", path);
        note("mkdir", name);
        content.add(Entry.directory(name, Settings.of(settings).of(file.withMode(0755))));
    }

    /**
     * Removes what lower layers have at this path, and what earlier statements put there. What later statements put
     * there is in its place.
     */
    public void remove(String path) {
        String name = LayerPath.ofEntry("remove '" + path + "'", path);
        note("remove", name);
        content.remove(name);
    }

    /** Hides what lower layers have in this directory; the directory itself stays. */
    public void opaque(String path) {
        String name = LayerPath.of("opaque '" + path + "'", path);
        note("opaque", name);
        content.opaque(name);
    }

    private void note(String verb, String path) {
        summary.add(verb + " /" + path);
        listener.statement(path);
    }

    private Path source(String statement, String source) {
        if (source.isEmpty() || source.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("layer: " + statement + " needs a path on this machine");
        }
        Path path = source.startsWith("/") ? ByteNames.path(source) : ByteNames.in(folder, source);
        listener.source(path);
        return path;
    }

    private static IllegalArgumentException missing(String statement, Path path, String problem) {
        return new IllegalArgumentException("layer: " + statement
                + (Files.exists(path) ? " " + problem : " not found") + " (looked for " + path + ")");
    }

    /** Sets what an entry has beside its content, while its statement runs. */
    public static final class Settings {

        private @Nullable Integer mode;
        private @Nullable Owner owner;
        private @Nullable Instant time;

        private Settings() {
        }

        private static Settings of(Consumer<Settings> block) {
            Settings settings = new Settings();
            block.accept(settings);
            return settings;
        }

        /** The twelve bits of {@code chmod}, such as {@code 0644}. */
        public void mode(int bits) {
            if (bits < 0 || bits > 07777) {
                throw new IllegalArgumentException("layer: mode " + Integer.toOctalString(bits)
                        + " (octal) is out of range: expected 0 to 07777, such as 0644");
            }
            mode = bits;
        }

        /** Numbers of user and group. */
        public void owner(long uid, long gid) {
            if (uid < 0 || gid < 0) {
                throw new IllegalArgumentException("layer: owner " + uid + ":" + gid + " is negative");
            }
            owner = Owner.of(uid, gid);
        }

        /** When it last changed; whole seconds count. */
        public void time(Instant changed) {
            time = Instant.ofEpochSecond(changed.getEpochSecond());
        }

        boolean isAboutDirectories() {
            return mode != null || owner != null;
        }

        Attributes of(Attributes defaults) {
            Attributes attributes = mode == null ? defaults : defaults.withMode(mode);
            attributes = owner == null ? attributes : attributes.withOwner(owner);
            return time == null ? attributes : attributes.withTime(time);
        }

        /** With leave to enter wherever there is leave to read. */
        Attributes ofDirectory(Attributes file) {
            return mode == null ? of(file.withMode(0755)) : of(file).withMode(mode | (mode & 0444) >> 2);
        }
    }
}
