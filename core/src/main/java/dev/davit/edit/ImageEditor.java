package dev.davit.edit;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what is to change in the config and the annotations of an image: a block gets one, and after the block the changes
 * are made in one go, to the image or to each image of an index.
 *
 * <pre>{@code ImageEditor.edit(artifact, edit -> edit.env("PORT", "8080").user("nginx").withoutLabel("stage"))}</pre>
 */
public final class ImageEditor {

    private static final Pattern PORT = Pattern.compile("\\d{1,5}(-\\d{1,5})?(/[a-z]+)?");

    /** What the config calls what {@link #without} removes. */
    private static final Map<String, String> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("entrypoint", "Entrypoint");
        PARTS.put("cmd", "Cmd");
        PARTS.put("env", "Env");
        PARTS.put("labels", "Labels");
        PARTS.put("user", "User");
        PARTS.put("workdir", "WorkingDir");
        PARTS.put("exposed-ports", "ExposedPorts");
        PARTS.put("volumes", "Volumes");
        PARTS.put("stop-signal", "StopSignal");
        PARTS.put("healthcheck", "Healthcheck");
        PARTS.put("shell", "Shell");
    }

    private final List<Consumer<Document.Editor>> config = new ArrayList<>();
    private final List<Consumer<Document.Editor>> manifest = new ArrayList<>();
    private final List<Consumer<Document.Editor>> top = new ArrayList<>();
    private @Nullable Platform platform;

    private ImageEditor() {
    }

    /**
     * The artifact with the changes that the block says. Annotations of an index are set on it and on its images, the
     * subject on it alone.
     *
     * @throws IllegalArgumentException also if several images would get the same platform
     */
    public static Artifact edit(Artifact artifact, Consumer<ImageEditor> block) throws IOException {
        ImageEditor editor = new ImageEditor();
        block.accept(editor);
        if (editor.platform != null && artifact.images().stream().distinct().count() > 1) {
            throw new IllegalArgumentException(artifact + " has several images, which cannot all be for " + editor.platform
                    + ": say it of one of them");
        }
        Consumer<Document.Editor> annotations = all(editor.manifest);
        Artifact edited = artifact.apply(image -> editor.changed(image).withManifest(annotations));
        return edited.withManifest(annotations).withManifest(all(editor.top));
    }

    private Image changed(Image image) throws IOException {
        return config.isEmpty() ? image : image.withConfig(all(config));
    }

    private static Consumer<Document.Editor> all(List<Consumer<Document.Editor>> changes) {
        return tree -> changes.forEach(change -> change.accept(tree));
    }

    /** Sets an environment variable; one that is there keeps its place. */
    public ImageEditor env(String name, String value) {
        if (name.isEmpty() || name.contains("=")) {
            throw new IllegalArgumentException("malformed environment variable '" + name
                    + "': expected a name without '='");
        }
        return config(tree -> {
            List<@Nullable Object> env = tree.list("config", "Env");
            int place = indexOf(env, name);
            if (place < 0) {
                env.add(name + "=" + value);
            } else {
                env.set(place, name + "=" + value);
            }
            tree.set(env, "config", "Env");
        });
    }

    public ImageEditor withoutEnv(String... names) {
        return config(tree -> {
            List<@Nullable Object> env = tree.list("config", "Env");
            for (String name : names) {
                int place = indexOf(env, name);
                if (place >= 0) {
                    env.remove(place);
                    tree.set(env, "config", "Env");
                }
            }
        });
    }

    private static int indexOf(List<@Nullable Object> env, String name) {
        for (int i = 0; i < env.size(); i++) {
            String entry = String.valueOf(env.get(i));
            if (entry.equals(name) || entry.startsWith(name + "=")) {
                return i;
            }
        }
        return -1;
    }

    public ImageEditor label(String key, String value) {
        return config(tree -> tree.set(value, "config", "Labels", key));
    }

    public ImageEditor withoutLabel(String... keys) {
        return config(tree -> List.of(keys).forEach(key -> tree.remove("config", "Labels", key)));
    }

    public ImageEditor annotation(String key, String value) {
        manifest.add(tree -> tree.set(value, "annotations", key));
        return this;
    }

    public ImageEditor withoutAnnotation(String... keys) {
        manifest.add(tree -> List.of(keys).forEach(key -> tree.remove("annotations", key)));
        return this;
    }

    /**
     * Removes parts of the config, each as a whole: {@code entrypoint}, {@code cmd}, {@code env}, {@code labels}, {@code user},
     * {@code workdir}, {@code exposed-ports}, {@code volumes}, {@code stop-signal}, {@code healthcheck} or {@code shell}.
     */
    public ImageEditor without(String... parts) {
        for (String part : parts) {
            String key = PARTS.get(part);
            if (key == null) {
                throw new IllegalArgumentException("malformed part '" + part + "': expected one of "
                        + String.join(", ", PARTS.keySet()));
            }
            config(tree -> tree.remove("config", key));
        }
        return this;
    }

    /** The command that always runs, word by word; none removes it. The default arguments stay as they are. */
    public ImageEditor entrypoint(String... words) {
        return words("Entrypoint", words);
    }

    /** The default arguments, or the default command where there is no entrypoint; none removes them. */
    public ImageEditor cmd(String... words) {
        return words("Cmd", words);
    }

    private ImageEditor words(String key, String... words) {
        List<String> list = List.of(words);
        return list.isEmpty() ? config(tree -> tree.remove("config", key))
                : config(tree -> tree.set(list, "config", key));
    }

    /** User name or number, maybe with a group after a colon; empty for none. */
    public ImageEditor user(String user) {
        return text(user, "config", "User");
    }

    /** Where the command starts, an absolute path; empty for none. */
    public ImageEditor workdir(String path) {
        return text(path, "config", "WorkingDir");
    }

    /** Ports that the container listens on: {@code 80}, {@code 53/udp} or {@code 8000-8010/tcp}. */
    public ImageEditor port(String... ports) {
        List<String> keys = Arrays.stream(ports).map(ImageEditor::portKey).toList();
        return config(tree -> keys.forEach(key -> tree.set(new LinkedHashMap<>(), "config", "ExposedPorts", key)));
    }

    public ImageEditor withoutPort(String port) {
        String key = portKey(port);
        return config(tree -> tree.remove("config", "ExposedPorts", key));
    }

    /** Removes all ports. */
    public ImageEditor withoutPorts() {
        return config(tree -> tree.remove("config", "ExposedPorts"));
    }

    private static String portKey(String port) {
        if (!PORT.matcher(port).matches()) {
            throw new IllegalArgumentException("malformed port '" + port + "': expected a number, or a range, and maybe a "
                    + "protocol, such as 80, 53/udp or 8000-8010/tcp");
        }
        return port.contains("/") ? port : port + "/tcp";
    }

    /** Paths in the container that are to be volumes. */
    public ImageEditor volume(String... paths) {
        return config(tree -> List.of(paths).forEach(path -> tree.set(new LinkedHashMap<>(), "config", "Volumes", path)));
    }

    public ImageEditor withoutVolume(String path) {
        return config(tree -> tree.remove("config", "Volumes", path));
    }

    /** The signal that ends the container, by name or number; empty for the engine's own choice. */
    public ImageEditor stopSignal(String signal) {
        return text(signal, "config", "StopSignal");
    }

    /** How an engine finds out whether a container is well; what the block does not say stays as it is. */
    public ImageEditor healthcheck(Consumer<Healthcheck> block) {
        Healthcheck healthcheck = new Healthcheck();
        block.accept(healthcheck);
        return config(healthcheck::applyTo);
    }

    public ImageEditor withoutHealthcheck() {
        return config(tree -> tree.remove("config", "Healthcheck"));
    }

    /** The shell of commands that are one line, word by word, such as {@code /bin/bash -c}; none removes it. */
    public ImageEditor shell(String... words) {
        return words("Shell", words);
    }

    /** What the artifact is about, such as the image that a signature signs. */
    public ImageEditor subject(Descriptor subject) {
        top.add(tree -> tree.set(subject.tree(), "subject"));
        return this;
    }

    public ImageEditor withoutSubject() {
        top.add(tree -> tree.remove("subject"));
        return this;
    }

    /** What platform the image says that it is for; changes no file. An index of several images refuses it. */
    public ImageEditor platform(Platform platform) {
        this.platform = platform;
        text(platform.architecture(), "architecture").text(platform.os(), "os")
                .text(platform.variant(), "variant").text(platform.osVersion(), "os.version");
        return platform.osFeatures().isEmpty() ? config(tree -> tree.remove("os.features"))
                : config(tree -> tree.set(platform.osFeatures(), "os.features"));
    }

    /** When the image was made; the history stays as it is. */
    public ImageEditor created(Instant time) {
        return config(tree -> tree.set(time.toString(), "created"));
    }

    /** Who made the image; empty for none. */
    public ImageEditor author(String author) {
        return text(author, "author");
    }

    private ImageEditor text(String value, String... path) {
        return value.isEmpty() ? config(tree -> tree.remove(path)) : config(tree -> tree.set(value, path));
    }

    private ImageEditor config(Consumer<Document.Editor> change) {
        config.add(change);
        return this;
    }
}
