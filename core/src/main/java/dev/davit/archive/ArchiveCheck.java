package dev.davit.archive;

import dev.davit.blob.Digest;
import dev.davit.json.Document;
import dev.davit.validate.Findings;
import dev.davit.validate.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Checks an archive: its lists, what they lead to, and the blobs that nothing leads to. */
final class ArchiveCheck {

    private static final String VERSION = "oci-layout";
    private static final String BLOBS = "blobs/";

    private final TarEntries tar;
    private final Validation validation;

    private ArchiveCheck(TarEntries tar, Validation validation) {
        this.tar = tar;
        this.validation = validation;
    }

    static Findings of(Path file, boolean fast) throws IOException {
        return Validation.run(fast, file.toString(), validation -> {
            try (TarEntries tar = TarEntries.of(file)) {
                new ArchiveCheck(tar, validation).check();
            }
        });
    }

    private void check() throws IOException {
        boolean oci = tar.has(OciEntries.INDEX);
        boolean docker = tar.has(SavedEntry.FILE);
        if (!oci && !docker) {
            validation.add(tar.place(), "has no file " + OciEntries.INDEX + " and no " + SavedEntry.FILE);
        }
        for (String name : tar.doubled()) {
            validation.add(at(name), "is there more than once: one reader takes the first of them, another the last");
        }
        if (oci) {
            layout();
        }
        if (docker) {
            saved(oci);
        }
        for (String name : tar.names()) {
            if (name.startsWith(BLOBS) && tar.has(name)) {
                blob(name);
            }
        }
    }

    private String at(String name) {
        return tar.place() + ", " + name;
    }

    private void layout() throws IOException {
        validation.attempt(at(VERSION), () -> {
            Document version = Document.parse(tar.read(VERSION), at(VERSION));
            if (!version.text("imageLayoutVersion").orElse("").equals("1.0.0")) {
                validation.add(at(VERSION), "has the imageLayoutVersion '"
                        + version.get("imageLayoutVersion").orElse("") + "', expected '1.0.0'");
            }
        });
        validation.attempt(at(OciEntries.INDEX), () -> validation.list(at(OciEntries.INDEX),
                Document.parse(tar.read(OciEntries.INDEX), at(OciEntries.INDEX)), new OciEntries(tar)));
    }

    private void saved(boolean oci) throws IOException {
        validation.attempt(at(SavedEntry.FILE), () -> {
            List<SavedEntry> all = SavedEntry.all(tar);
            for (int i = 0; i < all.size(); i++) {
                String place = at(SavedEntry.FILE) + ", image " + i;
                if (files(place, all.get(i)) && !oci) {
                    SavedEntry entry = all.get(i);
                    validation.attempt(place, () -> {
                        SavedImage image = new SavedImage(tar);
                        validation.manifest(image.manifest(entry), image);
                    });
                }
            }
            if (oci) {
                new Agreement(tar, validation).check(all);
            }
        });
    }

    private boolean files(String place, SavedEntry entry) {
        boolean complete = true;
        if (!tar.has(entry.config())) {
            validation.add(place, "there is no file '" + entry.config() + "', its config");
            complete = false;
        }
        for (int i = 0; i < entry.layers().size(); i++) {
            if (!tar.has(entry.layers().get(i))) {
                validation.add(place, "there is no file '" + entry.layers().get(i) + "', its layer " + i);
                complete = false;
            }
        }
        return complete;
    }

    private void blob(String name) throws IOException {
        Digest digest;
        try {
            digest = Digest.parse(name.substring(BLOBS.length()).replaceFirst("/", ":"));
        } catch (IllegalArgumentException e) {
            validation.note(at(name), "is not named by a digest");
            return;
        }
        if (validation.isReferenced(digest)) {
            return;
        }
        validation.note(at(name), "nothing refers to this blob");
        if (!validation.isFast()) {
            validation.blob(at(name), tar.blob(digest, tar.size(name), name, at(name)));
        }
    }
}
