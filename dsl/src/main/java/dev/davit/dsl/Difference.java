package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Platform;
import dev.davit.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A difference in what two images or indexes say of themselves, in configs or annotations.
 *
 * @param platform of the images that differ so, where there are several; else empty
 * @param name such as {@code Env PORT}, {@code Cmd} or {@code annotation k}
 * @param before null where there was none
 * @param after null where there is none
 */
record Difference(String platform, String name, @Nullable String before, @Nullable String after) {

    private static final String FILES = "layers";

    static List<Difference> between(Artifact before, Artifact after) throws IOException {
        List<Difference> all = new ArrayList<>();
        if (!(before instanceof Image && after instanceof Image)) {
            compare("", annotations(before, new TreeMap<>()), annotations(after, new TreeMap<>()), all);
        }
        Map<String, Image> old = images(before);
        Map<String, Image> now = images(after);
        Set<String> platforms = new LinkedHashSet<>(old.keySet());
        platforms.addAll(now.keySet());
        for (String platform : platforms) {
            Image was = old.get(platform);
            Image is = now.get(platform);
            if (was == null || is == null) {
                all.add(new Difference("", "platform " + platform, was == null ? null : short12(was), is == null ? null : short12(is)));
            } else {
                compare(platforms.size() > 1 ? platform : "", said(was), said(is), all);
            }
        }
        return all;
    }

    private static String short12(Image image) {
        return image.digest().hex().substring(0, 12);
    }

    private static Map<String, Image> images(Artifact artifact) throws IOException {
        Map<String, Image> images = new LinkedHashMap<>();
        for (Image image : artifact.images()) {
            Platform platform = image.platform();
            images.put(platform.toString(), image);
        }
        return images;
    }

    private static Map<String, String> said(Image image) throws IOException {
        Map<String, String> said = annotations(image, new TreeMap<>());
        image.config().document().tree().forEach((name, value) -> {
            if (name.equals("config") && value instanceof Map<?, ?> config) {
                config.forEach((key, member) -> member(key.toString(), member, said));
            } else if (!name.equals("rootfs") && !name.equals("history")) {
                member(name, value, said);
            }
        });
        said.put(FILES, image.layerDescriptors().size() + " of " + PlannedStep.bytes(
                image.layerDescriptors().stream().mapToLong(layer -> layer.size()).sum()));
        return said;
    }

    private static Map<String, String> annotations(Artifact artifact, Map<String, String> said) {
        artifact.annotations().forEach((key, value) -> said.put("annotation " + key, value));
        return said;
    }

    private static void member(String name, @Nullable Object value, Map<String, String> said) {
        if (name.equals("Env") && value instanceof List<?> variables) {
            variables.forEach(variable -> said.put("Env " + variable.toString().replaceFirst("=.*", ""),
                    variable.toString().replaceFirst("[^=]*=", "")));
        } else if (value instanceof Map<?, ?> members) {
            members.forEach((key, member) -> said.put(name + " " + key, text(member)));
        } else {
            said.put(name, text(value));
        }
    }

    private static String text(@Nullable Object value) {
        return value instanceof String text ? text : new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static void compare(String platform, Map<String, String> before, Map<String, String> after, List<Difference> all) {
        Set<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        for (String name : names) {
            if (!Objects.equals(before.get(name), after.get(name))) {
                all.add(new Difference(platform, name, before.get(name), after.get(name)));
            }
        }
    }

    Map<String, @Nullable Object> tree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("platform", platform.isEmpty() ? null : platform);
        tree.put("name", name);
        tree.put("before", before);
        tree.put("after", after);
        return tree;
    }

    @Override
    public String toString() {
        String what = (platform.isEmpty() ? "" : platform + " ") + name;
        return before == null ? "+ " + what + " " + after : after == null ? "- " + what + " " + before
                : "~ " + what + " " + before + " → " + after;
    }
}
