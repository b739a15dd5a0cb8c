package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.blob.AtomicFile;
import dev.davit.edit.Healthcheck;
import dev.davit.edit.ImageEditor;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Platform;
import dev.davit.layout.OciLayout;
import dev.davit.ref.Reference;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.FromString;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of any image or index. A verb that changes it gives a new one; on an index it changes every image.
 */
public final class ArtifactVerbs {

    private ArtifactVerbs() {
    }

    // Config and annotations

    /** Several changes of config and annotations at once, as the block says. */
    public static Artifact edit(Artifact self,
            @DelegatesTo(value = ImageEditor.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        return ImageEditor.edit(self, editor -> Blocks.run(block, editor));
    }

    /** Sets environment variables; one that is there keeps its place. */
    public static Artifact withEnv(Artifact self, Map<?, ?> variables) throws IOException {
        return ImageEditor.edit(self, editor -> BlockVerbs.env(editor, variables));
    }

    /** Sets one environment variable. */
    public static Artifact withEnv(Artifact self, String name, Object value) throws IOException {
        return ImageEditor.edit(self, editor -> editor.env(name, value.toString()));
    }

    /** Removes environment variables. */
    public static Artifact withoutEnv(Artifact self, String... names) throws IOException {
        return each(self, names, ImageEditor::withoutEnv);
    }

    /** Sets labels. */
    public static Artifact withLabel(Artifact self, Map<?, ?> labels) throws IOException {
        return ImageEditor.edit(self, editor -> BlockVerbs.label(editor, labels));
    }

    /** Sets one label. */
    public static Artifact withLabel(Artifact self, String key, Object value) throws IOException {
        return ImageEditor.edit(self, editor -> editor.label(key, value.toString()));
    }

    /** Removes labels. */
    public static Artifact withoutLabel(Artifact self, String... keys) throws IOException {
        return each(self, keys, ImageEditor::withoutLabel);
    }

    /** Sets annotations of the manifest; on an index, of the index and of each image. */
    public static Artifact withAnnotation(Artifact self, Map<?, ?> annotations) throws IOException {
        return ImageEditor.edit(self, editor -> BlockVerbs.annotation(editor, annotations));
    }

    /** Sets one annotation of the manifest; on an index, of the index and of each image. */
    public static Artifact withAnnotation(Artifact self, String key, Object value) throws IOException {
        return ImageEditor.edit(self, editor -> editor.annotation(key, value.toString()));
    }

    /** Removes annotations of the manifest; on an index, of the index and of each image. */
    public static Artifact withoutAnnotation(Artifact self, String... keys) throws IOException {
        return each(self, keys, ImageEditor::withoutAnnotation);
    }

    /** Sets the command that always runs, word by word; none removes it. The default arguments stay as they are. */
    public static Artifact withEntrypoint(Artifact self, Object... words) throws IOException {
        return ImageEditor.edit(self, editor -> editor.entrypoint(texts(words)));
    }

    /** Sets the default arguments, word by word; none removes them. */
    public static Artifact withCmd(Artifact self, Object... words) throws IOException {
        return ImageEditor.edit(self, editor -> editor.cmd(texts(words)));
    }

    /** Sets the user, by name or number, maybe with a group after a colon; empty for none. */
    public static Artifact withUser(Artifact self, Object user) throws IOException {
        return ImageEditor.edit(self, editor -> editor.user(user.toString()));
    }

    /** Sets the folder in which the command starts. */
    public static Artifact withWorkdir(Artifact self, Object path) throws IOException {
        return ImageEditor.edit(self, editor -> editor.workdir(path.toString()));
    }

    /** Adds ports that the container listens on: {@code 80}, {@code '53/udp'}. */
    public static Artifact withPort(Artifact self, Object... ports) throws IOException {
        return each(self, texts(ports), ImageEditor::port);
    }

    /** Removes ports. */
    public static Artifact withoutPort(Artifact self, Object... ports) throws IOException {
        return each(self, texts(ports), ImageEditor::withoutPort);
    }

    /** Adds paths that are to be volumes. */
    public static Artifact withVolume(Artifact self, String... paths) throws IOException {
        return each(self, paths, ImageEditor::volume);
    }

    /** Removes volumes. */
    public static Artifact withoutVolume(Artifact self, String... paths) throws IOException {
        return each(self, paths, ImageEditor::withoutVolume);
    }

    /** Sets the signal that ends the container. */
    public static Artifact withStopSignal(Artifact self, Object signal) throws IOException {
        return ImageEditor.edit(self, editor -> editor.stopSignal(signal.toString()));
    }

    /** Sets when the image was made: an {@link Instant} or text such as {@code 2026-01-31T12:00:00Z}. */
    public static Artifact withCreated(Artifact self, Object time) throws IOException {
        return ImageEditor.edit(self, editor -> BlockVerbs.created(editor, time));
    }

    /** Sets what platform the image says that it is for; changes no file. */
    public static Artifact withPlatform(Artifact self, Object platform) throws IOException {
        return ImageEditor.edit(self, editor -> editor.platform(Platform.parse(platform.toString())));
    }

    /** Sets who made the image; empty for none. */
    public static Artifact withAuthor(Artifact self, Object author) throws IOException {
        return ImageEditor.edit(self, editor -> editor.author(author.toString()));
    }

    /** Removes all ports. */
    public static Artifact withoutPorts(Artifact self) throws IOException {
        return ImageEditor.edit(self, ImageEditor::withoutPorts);
    }

    /**
     * Sets how an engine finds out whether a container is well: one line for the image's shell, or a command word by word.
     * Options are interval, timeout, startPeriod and startInterval, such as {@code '30s'}, and retries.
     */
    public static Artifact withHealthcheck(Artifact self, Map<?, ?> options, Object... command) throws IOException {
        String[] words = texts(command);
        return ImageEditor.edit(self, editor -> editor.healthcheck(healthcheck -> {
            if (words.length == 1) {
                healthcheck.shell(words[0]);
            } else if (words.length > 1) {
                healthcheck.cmd(words);
            }
            options.forEach((name, value) -> BlockVerbs.set(healthcheck, name.toString(), value));
        }));
    }

    /** Sets how an engine finds out whether a container is well: one line for its shell, or a command word by word. */
    public static Artifact withHealthcheck(Artifact self, Object... command) throws IOException {
        return withHealthcheck(self, Map.of(), command);
    }

    /** Sets how an engine finds out whether a container is well, as the block says. */
    public static Artifact withHealthcheck(Artifact self,
            @DelegatesTo(value = Healthcheck.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        return ImageEditor.edit(self, editor -> BlockVerbs.healthcheck(editor, block));
    }

    /** Removes the health check. */
    public static Artifact withoutHealthcheck(Artifact self) throws IOException {
        return ImageEditor.edit(self, ImageEditor::withoutHealthcheck);
    }

    /** Sets the shell of commands that are one line, word by word; none removes it. */
    public static Artifact withShell(Artifact self, Object... words) throws IOException {
        return ImageEditor.edit(self, editor -> editor.shell(texts(words)));
    }

    /** Sets what it is about: an image or index, its descriptor, or a reference to it. On an index, of the index alone. */
    public static Artifact withSubject(Artifact self, Object subject) throws IOException {
        Descriptor descriptor = BlockVerbs.descriptor(subject);
        return ImageEditor.edit(self, editor -> editor.subject(descriptor));
    }

    /** Removes the subject. */
    public static Artifact withoutSubject(Artifact self) throws IOException {
        return ImageEditor.edit(self, ImageEditor::withoutSubject);
    }

    private static Artifact each(Artifact self, String[] values, BiConsumer<ImageEditor, String> change)
            throws IOException {
        return ImageEditor.edit(self, editor -> List.of(values).forEach(value -> change.accept(editor, value)));
    }

    static String[] texts(Object... values) {
        return Arrays.stream(values)
                .flatMap(value -> value instanceof Iterable<?> items ? list(items).stream() : List.of(value).stream())
                .map(Object::toString).toArray(String[]::new);
    }

    private static List<?> list(Iterable<?> items) {
        List<Object> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    // Indexes

    /** The image for a platform. */
    public static Image platform(Artifact self, Object platform) throws IOException {
        return self.platform(Platform.parse(platform.toString()));
    }

    /** The image for a platform; where that is null, the image itself, or of an index the image for linux/amd64. */
    public static Image pick(Artifact self, @Nullable Object platform) throws IOException {
        return self instanceof Image image && platform == null ? image
                : platform(self, platform == null ? "linux/amd64" : platform);
    }

    /** The index with only the images for these platforms, and the attestations about them. */
    public static Index filter(Index self, Object... platforms) throws IOException {
        return self.filter(Arrays.stream(texts(platforms)).map(Platform::parse).toArray(Platform[]::new));
    }

    /** The index without the images for these platforms. */
    public static Index remove(Index self, Object... platforms) {
        List<Platform> removed = Arrays.stream(texts(platforms)).map(Platform::parse).toList();
        return self.remove(entry -> entry.platform().filter(p -> removed.stream().anyMatch(p::satisfies)).isPresent());
    }

    /** Each image of the index replaced by what the block makes of its platform and of it. */
    public static Index map(Index self,
            @ClosureParams(value = FromString.class, options = "dev.davit.image.Platform,dev.davit.image.Image")
            Closure<?> block) throws IOException {
        return self.apply(image -> {
            Object result = Blocks.call(block, image.platform(), image);
            if (result instanceof Image changed) {
                return changed;
            }
            throw new IllegalArgumentException("map: the block must give an image for " + image.platform() + ", not "
                    + Text.of(result));
        });
    }

    // Sinks

    /** Pushes it under each of these references, and returns the first of them by its digest. */
    public static Reference push(Artifact self, Object reference, Object... more) throws IOException {
        Reference first = Reference.parse(reference.toString());
        Session.current().registry().put(first, self);
        for (String other : texts(more)) {
            Session.current().registry().put(Reference.parse(other), self);
        }
        return first.withDigest(self.digest());
    }

    /** Saves it as an archive that Docker, Podman and OCI tools load, without a name in it. */
    public static Artifact save(Artifact self, Object path) throws IOException {
        return save(self, path, "");
    }

    /** Saves it as an archive that Docker, Podman and OCI tools load, under this name in it. */
    public static Artifact save(Artifact self, Object path, String name) throws IOException {
        Archive.sink(Session.current().resolve(path)).put(name, self);
        return self;
    }

    /** Writes it to an OCI layout directory, which is made where there is none, without a name. */
    public static Artifact writeTo(Artifact self, Object folder) throws IOException {
        return writeTo(self, folder, "");
    }

    /** Writes it to an OCI layout directory, which is made where there is none, under this name. */
    public static Artifact writeTo(Artifact self, Object folder, String name) throws IOException {
        OciLayout.create(Session.current().resolve(folder)).put(name, self);
        return self;
    }

    /** Loads it into the Docker or Podman engine of this machine, without a name. */
    public static Artifact load(Artifact self) throws IOException {
        return load(self, "");
    }

    /**
     * Loads it into the Docker or Podman engine of this machine, under this name. Of an index, an engine that cannot keep
     * one gets the image for its own platform.
     */
    public static Artifact load(Artifact self, Object name) throws IOException {
        Session.current().daemon().put(name.toString(), self);
        return self;
    }

    /** Writes the flattened file system as a tar archive. */
    public static Path export(Artifact self, Object path) throws IOException {
        Path target = Session.current().resolve(path);
        try (var out = AtomicFile.create(target)) {
            overlay(self).exportTo(out);
            out.commit();
        }
        return target;
    }

    /** Writes the flattened file system as a tar archive to a stream, such as {@code stdout}, and leaves that open. */
    public static void export(Artifact self, OutputStream stream) throws IOException {
        overlay(self).exportTo(stream);
    }

    /** Extracts the flattened file system to a folder that is new or empty. */
    public static Path extract(Artifact self, Object folder) throws IOException {
        Path target = Session.current().resolve(folder);
        overlay(self).extractTo(target);
        return target;
    }

    // Looking

    /** The files of the flattened file system, by path; a list of its own, to be sorted and filtered. */
    public static List<Entry> getFiles(Artifact self) throws IOException {
        return new ArrayList<>(overlay(self).entries());
    }

    /** One file of the flattened file system; follows symbolic links inside the image. */
    public static ImageFile file(Artifact self, Object path) throws IOException {
        return ImageFile.in(overlay(self), path.toString());
    }

    /** The same as {@code file(path)}: {@code image['/etc/os-release'].text}. */
    public static ImageFile getAt(Artifact self, String path) throws IOException {
        return file(self, path);
    }

    private static Overlay overlay(Artifact self) throws IOException {
        return Session.current().files(only(self));
    }

    /** The image itself, or the only one of an index. */
    static Image only(Artifact self) throws IOException {
        if (self instanceof Image image) {
            return image;
        }
        List<Image> images = self.images();
        if (images.size() != 1) {
            throw new IllegalArgumentException("this is an index of " + images.size() + " images; choose one with "
                    + "platform('OS/ARCHITECTURE'): " + ((Index) self).platforms());
        }
        return images.get(0);
    }
}
