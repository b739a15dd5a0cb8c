package dev.davit.dsl;

import dev.davit.edit.Healthcheck;
import dev.davit.edit.ImageEditor;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What changes the config and the annotations of an image; on an index, those of every image. */
public final class ConfigVerbs {

    private ConfigVerbs() {
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
        return ImageEditor.edit(self, editor -> editor.entrypoint(Text.all(words)));
    }

    /** Sets the default arguments, word by word; none removes them. */
    public static Artifact withCmd(Artifact self, Object... words) throws IOException {
        return ImageEditor.edit(self, editor -> editor.cmd(Text.all(words)));
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
        return each(self, Text.all(ports), ImageEditor::port);
    }

    /** Removes ports. */
    public static Artifact withoutPort(Artifact self, Object... ports) throws IOException {
        return each(self, Text.all(ports), ImageEditor::withoutPort);
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
        String[] words = Text.all(command);
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
        return ImageEditor.edit(self, editor -> editor.shell(Text.all(words)));
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
}
