package dev.davit.validate;

import dev.davit.blob.Digest;
import dev.davit.image.Config;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the config of a container image. */
final class ConfigCheck {

    private static final int LARGEST = 32 << 20;

    private final Validation validation;
    private final String place;
    private final Document document;
    private final List<Optional<Digest>> diffIds = new ArrayList<>();

    private ConfigCheck(Validation validation, String place, Document document) {
        this.validation = validation;
        this.place = place;
        this.document = document;
    }

    /** Checks the config; empty if it cannot be read, which is reported. */
    static Optional<ConfigCheck> read(Validation validation, String place, Descriptor descriptor, Subject subject)
            throws IOException {
        List<ConfigCheck> read = new ArrayList<>();
        BlobCheck blob = new BlobCheck(validation, place, descriptor.digest(), descriptor.size());
        validation.attempt(place, () -> {
            try (HashedInputStream in = blob.open(subject.blob(descriptor))) {
                byte[] bytes = in.readNBytes(LARGEST);
                long behind = in.transferTo(OutputStream.nullOutputStream());
                blob.judge(in);
                if (behind > 0) {
                    validation.add(place, "has more than " + LARGEST + " bytes: too large for a config");
                    return;
                }
                ConfigCheck check = new ConfigCheck(validation, place, Document.parse(bytes, place));
                check.check();
                read.add(check);
            }
        });
        return read.stream().findFirst();
    }

    private void check() {
        for (String key : List.of("os", "architecture")) {
            if (document.text(key).isEmpty()) {
                validation.add(place, "says no " + key);
            }
        }
        if (!document.text("rootfs", "type").equals(Optional.of("layers"))) {
            validation.add(place, "rootfs.type is '" + document.get("rootfs", "type").orElse("")
                    + "', expected 'layers'");
        }
        checkDiffIds();
        Members.time(validation, place, document.get("created"));
        List<Map<String, @Nullable Object>> history = document.objects("history");
        for (int i = 0; i < history.size(); i++) {
            Members.time(validation, place + ", history " + i, Optional.ofNullable(history.get(i).get("created")));
        }
        Members.texts(validation, place, "labels", document.get("config", "Labels"));
    }

    private void checkDiffIds() {
        if (!(document.get("rootfs", "diff_ids").orElse(null) instanceof List<?> list)) {
            validation.add(place, "has no list of rootfs.diff_ids");
            return;
        }
        for (Object item : list) {
            try {
                diffIds.add(Optional.of(Digest.parse(String.valueOf(item))));
            } catch (IllegalArgumentException e) {
                validation.add(place + ", diff id " + diffIds.size(), String.valueOf(e.getMessage()));
                diffIds.add(Optional.empty());
            }
        }
    }

    /** The digests of the unpacked layers; empty for those that are malformed. */
    List<Optional<Digest>> diffIds() {
        return diffIds;
    }

    List<History> history() {
        return new Config(document).history();
    }

    Platform platform() {
        return new Config(document).platform();
    }
}
