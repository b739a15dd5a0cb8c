package dev.davit.archive;

import dev.davit.json.Document;
import dev.davit.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code manifest.json}, the list that {@code docker save} writes, says of an image.
 *
 * @param config the file with the config
 * @param repoTags the names, as people write them
 * @param layers the files with the layers, the base's first
 */
record SavedEntry(String config, List<String> repoTags, List<String> layers) {

    static final String FILE = "manifest.json";

    /** All of them; none if there is no such list. */
    static List<SavedEntry> all(TarEntries tar) throws IOException {
        if (!tar.has(FILE)) {
            return List.of();
        }
        String place = tar.place() + ", " + FILE;
        Object read = Json.read(tar.read(FILE), place);
        if (read == null) {
            return List.of();
        }
        if (!(read instanceof List<?> list)) {
            throw new IOException(place + " is not a list");
        }
        List<SavedEntry> entries = new ArrayList<>();
        for (Object item : list) {
            if (!(item instanceof Map<?, ?> map)) {
                throw new IOException(place + " is not a list of objects");
            }
            entries.add(of(Document.parse(Json.write(map), place), place));
        }
        return entries;
    }

    private static SavedEntry of(Document entry, String place) throws IOException {
        String config = entry.text("Config").orElseThrow(() -> new IOException(place + " names no config"));
        List<String> tags = entry.texts("RepoTags").stream().map(tag -> Names.repoTag(tag).orElse(tag)).toList();
        return new SavedEntry(config, tags, entry.texts("Layers"));
    }
}
