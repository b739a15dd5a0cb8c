package dev.davit.dsl;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Platform;
import dev.davit.layout.OciLayout;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** What can be said of an OCI layout directory as a whole, beyond what {@link OciLayout} itself can do. */
public final class LayoutVerbs {

    private LayoutVerbs() {
    }

    /** Each name once, in the order of the layout. */
    public static List<String> getNames(OciLayout self) throws IOException {
        return List.copyOf(self.names().keySet());
    }

    public static List<Descriptor> getDescriptors(OciLayout self) throws IOException {
        return self.descriptors();
    }

    /** Puts it in the place of what has this name, {@code platform: 'linux/arm64'} of what has both name and platform. */
    public static Descriptor replace(OciLayout self, Map<?, ?> options, Object name, Artifact artifact) throws IOException {
        return self.replace(entry -> matches(entry, options, name.toString()), name.toString(), artifact);
    }

    /** Takes what has this name, or this digest, from the layout's list; returns it. */
    public static List<Descriptor> remove(OciLayout self, Object name) throws IOException {
        return remove(self, Map.of(), name);
    }

    /** Takes what is for a platform from the layout's list: {@code remove(platform: 'linux/arm64')}. */
    public static List<Descriptor> remove(OciLayout self, Map<?, ?> options) throws IOException {
        return remove(self, options, "");
    }

    /** Takes what has this name and is for a platform from the layout's list. */
    public static List<Descriptor> remove(OciLayout self, Map<?, ?> options, Object name) throws IOException {
        if (name.toString().isEmpty() && options.get("platform") == null) {
            throw new IllegalArgumentException("remove needs a name, a digest or a platform, such as remove('v1')");
        }
        List<Descriptor> removed = self.remove(entry -> matches(entry, options, name.toString()));
        if (removed.isEmpty()) {
            throw new IllegalArgumentException("layout " + self.folder() + " has no image"
                    + (name.toString().isEmpty() ? "" : " " + name)
                    + (options.get("platform") == null ? "" : " for " + options.get("platform")) + "; it has "
                    + String.join(", ", getNames(self)));
        }
        return removed;
    }

    private static boolean matches(Descriptor entry, Map<?, ?> options, String name) {
        String platform = Options.of(options, "platform").text("platform");
        return (name.isEmpty() && platform != null || OciLayout.isCalled(entry, name)) && (platform == null
                || entry.platform().filter(p -> p.satisfies(Platform.parse(platform))).isPresent());
    }
}
