package dev.davit.dsl;

import dev.davit.blob.Legible;
import dev.davit.image.Artifact;
import dev.davit.json.Document;
import dev.davit.look.Difference;
import dev.davit.look.Explanation;
import dev.davit.look.FieldChange;
import dev.davit.look.FileTree;
import dev.davit.look.ImageDifference;
import dev.davit.look.ImageSize;
import dev.davit.look.InstalledPackage;
import dev.davit.look.LayerChange;
import dev.davit.look.PackageChange;
import dev.davit.look.Step;
import dev.davit.tar.Entry;
import dev.davit.tar.FileChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Values in the form in which JSON has them: maps with keys in lower camel case, lists, text, numbers. */
final class JsonForm {

    private JsonForm() {
    }

    static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return of(optional.orElse(null));
        }
        if (value instanceof OptionalLong number) {
            return number.isPresent() ? number.getAsLong() : null;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            map.forEach((key, member) -> members.put(String.valueOf(key), of(member)));
            return members;
        }
        if (value instanceof FileTree tree) {
            return of(tree.flat().toList(), (FileTree part) -> object("path", "/" + part.entry().path(), "type", part.entry().type(),
                    "size", part.size()));
        }
        if (value instanceof Iterable<?> items) {
            return of(items, item -> item);
        }
        if (value instanceof Enum<?> constant) {
            return Legible.words(constant);
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Document document) {
            return document.tree();
        }
        return value instanceof Artifact artifact ? artifact.digest().toString() : look(value);
    }

    private interface Form<T> {
        @Nullable Object of(T item);
    }

    @SuppressWarnings("unchecked")
    private static <T> List<@Nullable Object> of(Iterable<?> items, Form<T> form) {
        List<@Nullable Object> list = new ArrayList<>();
        items.forEach(item -> list.add(of(form.of((T) item))));
        return list;
    }

    private static Object look(Object value) {
        if (value instanceof Entry entry) {
            return object("path", "/" + entry.path(), "type", entry.type(), "mode", String.format("%04o", entry.mode()),
                    "uid", entry.owner().uid(), "gid", entry.owner().gid(), "size", entry.size(),
                    "time", entry.time().toString(), "target", entry.target().isEmpty() ? null : entry.target(),
                    "layer", entry.layer());
        }
        if (value instanceof InstalledPackage item) {
            return object("kind", item.kind(), "name", item.name(), "version", item.version(),
                    "architecture", item.architecture());
        }
        if (value instanceof Step step) {
            return object("created", step.created(), "createdBy", step.history().createdBy(), "comment", step.comment(),
                    "layer", step.number() < 0 ? null : step.number(), "digest", step.digest(), "size", step.size());
        }
        if (value instanceof ImageSize image) {
            return object("name", image.name(), "platform", image.platform(), "digest", image.digest(), "size", image.size(),
                    "added", image.added(), "unpacked", image.unpacked(), "layers", of(image.layers(),
                            (ImageSize.LayerSize layer) -> object("digest", layer.digest(), "size", layer.size(),
                                    "unpacked", layer.unpacked())));
        }
        if (value instanceof Explanation explanation) {
            return of(explanation.parts(), (Explanation.Part part) -> object("deed", part.deed(),
                    "layer", part.step().number(), "digest", part.step().digest(), "created", part.step().created(),
                    "createdBy", part.step().createdBy(), "file", part.entry()));
        }
        return change(value);
    }

    private static Object change(Object value) {
        if (value instanceof Difference difference) {
            return object("before", difference.before(), "after", difference.after(), "index", difference.index(),
                    "images", difference.images());
        }
        if (value instanceof ImageDifference image) {
            return object("platform", image.platform(), "before", image.before(), "after", image.after(),
                    "growth", image.growth(), "manifest", image.manifest(), "config", image.config(),
                    "layers", image.layers(), "files", image.files(), "packages", image.packages());
        }
        if (value instanceof Bump bump) {
            return object("from", bump.from().familiar(), "before", bump.before(), "to", bump.to().familiar(),
                    "after", bump.after(), "stale", bump.isStale(), "difference", bump.difference());
        }
        if (value instanceof FieldChange field) {
            return object("path", field.path(), "before", field.before(), "after", field.after());
        }
        if (value instanceof LayerChange layer) {
            return object("change", layer.kind(), "digest", layer.step().digest(), "size", layer.step().size(),
                    "createdBy", layer.step().createdBy());
        }
        if (value instanceof FileChange file) {
            return object("path", "/" + file.path(), "change", mark(file.isAdded(), file.isRemoved()),
                    "aspects", file.aspects(), "before", file.before(), "after", file.after());
        }
        if (value instanceof PackageChange item) {
            return object("kind", item.item().kind(), "name", item.item().name(),
                    "architecture", item.item().architecture(), "change", item.kind(),
                    "before", item.before().map(InstalledPackage::version), "after", item.after().map(InstalledPackage::version));
        }
        return value.toString();
    }

    private static String mark(boolean added, boolean removed) {
        return added ? "added" : removed ? "removed" : "changed";
    }

    private static Map<String, @Nullable Object> object(@Nullable Object... members) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put(String.valueOf(members[i]), of(members[i + 1]));
        }
        return object;
    }
}
