package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.blob.AtomicFile;
import dev.davit.edit.Healthcheck;
import dev.davit.edit.ImageEditor;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Part;
import dev.davit.layout.OciLayout;
import dev.davit.policy.Policy;
import dev.davit.ref.Reference;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import dev.davit.validate.Findings;
import dev.davit.validate.Validation;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

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

    /**
     * Several changes at once, each under its name in the block: {@code edit(user: 'me', env: [A: '1'], without: ['cmd'])}.
     * They are made in this order; what is null, or an empty list or map, changes nothing.
     */
    public static Artifact edit(Artifact self, Map<?, ?> changes) throws IOException {
        return ImageEditor.edit(self, editor -> changes.forEach((name, value) -> Blocks.say(editor, name.toString(), value)));
    }

    /**
     * Removes parts of the config, each as a whole: {@code entrypoint}, {@code cmd}, {@code env}, {@code labels}, {@code user},
     * {@code workdir}, {@code exposed-ports}, {@code volumes}, {@code stop-signal}, {@code healthcheck} or {@code shell}.
     */
    public static Artifact without(Artifact self, String... parts) throws IOException {
        return ImageEditor.edit(self, editor -> editor.without(parts));
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
        return ImageEditor.edit(self, editor -> BlockVerbs.platform(editor, platform));
    }

    /** Sets it for some images of an index: {@code withPlatform('linux/arm': 'linux/arm/v7')}; the others stay. */
    public static Artifact withPlatform(Artifact self, Map<?, ?> platforms) throws IOException {
        Map<Artifact, Image> changed = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : platforms.entrySet()) {
            Image image = IndexVerbs.platform(self, entry.getKey());
            changed.put(image, (Image) withPlatform(image, entry.getValue()));
        }
        return self.apply(image -> changed.getOrDefault(image, image));
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

    static List<?> list(Iterable<?> items) {
        List<Object> list = new ArrayList<>();
        items.forEach(list::add);
        return list;
    }

    // Policy

    /**
     * Gives it back if it is as the block wants it, in every image, and fails with all that is not:
     * {@code image.check { notRoot(); sizeBelow '200 MB' }.push(…)}. The rules are {@code notRoot}, {@code sizeBelow},
     * {@code noSetuid}, {@code noWorldWritable}, {@code noSecrets}, {@code noPackages}, {@code base}, {@code labels},
     * {@code platforms}, and any of one's own: {@code rule('has no shell') { image -> !image.files.any { it.path ==
     * 'bin/sh' } }}, true where all is well, or the files that offend.
     */
    public static Artifact check(Artifact self,
            @DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) throws IOException {
        return check(self, Map.of(), block);
    }

    /** The same; {@code junit: 'report.xml'} writes what each rule found, as build servers read it. */
    public static Artifact check(Artifact self, Map<?, ?> options,
            @DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) throws IOException {
        Check.of(options, block).pass(self.toString(), self);
        return self;
    }

    /** Gives it back if it is as all blocks {@code check} of the script want it, as they look at what is pushed or saved. */
    public static Artifact check(Artifact self) throws IOException {
        Session.current().checks().judge(self.toString(), self);
        return self;
    }

    // Sinks

    /** Pushes it under each of these references, and returns the first of them by its digest. */
    public static Reference push(Artifact self, Object reference, Object... more) throws IOException {
        Session session = Session.current();
        Reference first = Reference.parse(reference.toString());
        session.deliver(first.toString(), self, () -> session.registry().put(first, self));
        for (String text : texts(more)) {
            Reference other = Reference.parse(text);
            session.deliver(other.toString(), self, () -> session.registry().put(other, self));
        }
        return first.withDigest(self.digest());
    }

    /**
     * Puts it where a reference says, and returns the reference in full with the digest: {@code debian:12} in a registry,
     * {@code oci:FOLDER[:NAME]} in an OCI layout directory, in the place of what has the name, {@code archive:FILE[:NAME]}
     * in an archive, in the place of what has the name or without one of all, {@code daemon:NAME} in the Docker or Podman
     * engine of this machine, and {@code -}, an archive on standard output.
     */
    public static Place to(Artifact self, Object reference) throws IOException {
        Place place = reference instanceof Place there ? there : Place.parse(reference.toString());
        return Images.at(place, InputStream::nullInputStream).put(self);
    }

    /** Saves it as an archive that Docker, Podman and OCI tools load, without a name in it. */
    public static Artifact save(Artifact self, Object path) throws IOException {
        return save(self, path, "");
    }

    /** Saves it as an archive that Docker, Podman and OCI tools load, under this name in it. */
    public static Artifact save(Artifact self, Object path, Object name) throws IOException {
        Session session = Session.current();
        session.deliver(place("archive:", path, name), self,
                () -> Archive.sink(session.resolve(path)).put(name.toString(), self));
        return self;
    }

    /** Saves it as an archive without a name in it; {@code legacy: true} is for engines from before Docker 1.10. */
    public static Artifact save(Artifact self, Map<?, ?> options, Object path) throws IOException {
        return save(self, options, path, "");
    }

    /**
     * Saves it as an archive under this name in it; {@code legacy: true} is for engines from before Docker 1.10, and replaces
     * the whole archive.
     */
    public static Artifact save(Artifact self, Map<?, ?> options, Object path, Object name) throws IOException {
        if (!isLegacy(options)) {
            return save(self, path, name);
        }
        Session session = Session.current();
        session.deliver(place("archive:", path, name), self,
                () -> Archive.writeLegacy(session.resolve(path), Map.of(name.toString(), self)));
        return self;
    }

    /** How {@link Gate}s call a name in a file or a folder. */
    static String place(String medium, Object path, Object name) {
        return medium + Session.current().shown(path) + (name.toString().isEmpty() ? "" : ":" + name);
    }

    static boolean isLegacy(Map<?, ?> options) {
        BlockVerbs.checkOptions(options, List.of("legacy"));
        return Boolean.TRUE.equals(options.get("legacy"));
    }

    /** Writes it to an OCI layout directory, which is made where there is none, without a name. */
    public static Artifact writeTo(Artifact self, Object folder) throws IOException {
        return writeTo(self, folder, "");
    }

    /** Writes it to an OCI layout directory, which is made where there is none, in the place of what has this name. */
    public static Artifact writeTo(Artifact self, Object folder, Object name) throws IOException {
        Session session = Session.current();
        session.deliver(place("oci:", folder, name), self, () -> OciLayout.create(session.resolve(folder))
                .withParallel(session.connections().parallel()).put(name.toString(), self));
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
        Session session = Session.current();
        session.deliver("daemon:" + name, self, () -> session.daemon().put(name.toString(), self));
        return self;
    }

    /** Writes the flattened file system as a tar archive. */
    public static Path export(Artifact self, Object path) throws IOException {
        Session session = Session.current();
        Path target = session.resolve(path);
        session.deliver("export:" + path, self, () -> {
            try (var out = AtomicFile.create(target)) {
                overlay(self).exportTo(out);
                out.commit();
            }
        });
        return target;
    }

    /** Writes the flattened file system as a tar archive to a stream, such as {@code stdout}, and leaves that open. */
    public static void export(Artifact self, OutputStream stream) throws IOException {
        Session.current().deliver("export:-", self, () -> overlay(self).exportTo(stream));
    }

    /**
     * Extracts the flattened file system to a folder that is new or empty. Of an artifact that is no file system, its files,
     * each under its title and none in the place of another.
     */
    public static Path extract(Artifact self, Object folder) throws IOException {
        Session session = Session.current();
        Path target = session.resolve(folder);
        session.deliver("extract:" + folder, self, () -> {
            if (self instanceof Image image && !image.isContainerImage()) {
                for (Part part : image.parts()) {
                    part.writeTo(target);
                }
            } else {
                overlay(self).extractTo(target);
            }
        });
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

    /** All that is wrong with it, in sentences; nothing if it is as it should be. Reads all its layers. */
    public static Findings validate(Artifact self) throws IOException {
        return validate(self, Map.of());
    }

    /** All that is wrong with it. With {@code fast: true} layers are not read, but only asked for. */
    public static Findings validate(Artifact self, Map<?, ?> options) throws IOException {
        return Validation.of(self, isFast(options));
    }

    /** Whether the options of a validation say {@code fast: true}. */
    static boolean isFast(Map<?, ?> options) {
        options.keySet().stream().filter(name -> !name.toString().equals("fast")).findFirst().ifPresent(name -> {
            throw BlockVerbs.noOption(name, List.of("fast"));
        });
        return Boolean.TRUE.equals(options.get("fast"));
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
