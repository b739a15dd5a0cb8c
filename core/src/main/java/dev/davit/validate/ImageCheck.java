package dev.davit.validate;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.image.History;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import dev.davit.tar.LayerInspection;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the config and the layers of an image, or the blobs of another artifact. */
final class ImageCheck {

    private static final Pattern LAYER = Pattern.compile("application/vnd\\.(oci\\.image\\.layer\\.(nondistributable\\.)?"
            + "v1\\.tar(\\+(gzip|zstd))?|docker\\.image\\.rootfs\\.(foreign\\.)?diff\\.tar(\\.(gzip|zstd))?)");
    private static final String ENCRYPTED = "+encrypted";

    private final Validation validation;
    private final String place;
    private final Subject subject;
    private final Document manifest;
    private final MediaType type;

    ImageCheck(Validation validation, String place, Subject subject, MediaType type) {
        this.validation = validation;
        this.place = place;
        this.subject = subject;
        this.manifest = subject.manifest();
        this.type = type.name().isEmpty() ? MediaType.OCI_MANIFEST : type;
    }

    /** @return the platform, if it is a container image */
    Optional<Platform> check(boolean isContainerImage) throws IOException {
        Optional<Descriptor> config = manifest.get("config").isEmpty() ? Optional.empty()
                : ManifestCheck.descriptor(validation, place + ", config", manifest.get("config").get());
        if (manifest.get("config").isEmpty()) {
            validation.add(place, "has no config");
        }
        List<Optional<Descriptor>> layers = ManifestCheck.descriptors(validation, place, manifest, "layers", "layer");
        config.ifPresent(descriptor -> validation.refer(descriptor.digest()));
        if (!isContainerImage) {
            artifact(config, layers);
            return Optional.empty();
        }
        Optional<ConfigCheck> read = Optional.empty();
        if (config.isPresent()) {
            String at = place + ", config (" + config.get().digest() + ")";
            family(at, config.get().mediaType());
            read = ConfigCheck.read(validation, at, config.get(), subject);
        }
        List<Optional<Digest>> diffIds = read.isPresent() ? read.get().diffIds() : List.of();
        boolean isAttestation = read.isPresent() && read.get().platform().isUnknown();
        if (read.isPresent() && !isAttestation && manifest.get("layers").orElse("") instanceof List<?>) {
            counts(read.get(), layers.size());
        }
        boolean aligned = diffIds.size() == layers.size();
        LayerInspection inspection = new LayerInspection();
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).isEmpty()) {
                inspection.skip();
                continue;
            }
            layer(i, layers.get(i).get(), aligned ? diffIds.get(i) : Optional.empty(), isAttestation, inspection);
        }
        return read.map(ConfigCheck::platform);
    }

    private void counts(ConfigCheck config, int layers) {
        if (config.diffIds().size() != layers) {
            validation.add(place, "lists " + layers + " layers, but its config has " + config.diffIds().size()
                    + " diff ids");
        }
        List<History> history = config.history();
        long steps = history.stream().filter(step -> !step.isEmptyLayer()).count();
        if (!history.isEmpty() && steps != layers) {
            validation.add(place, "lists " + layers + " layers, but the history in its config has " + steps
                    + " steps that made one");
        }
    }

    private void layer(int number, Descriptor descriptor, Optional<Digest> diffId, boolean isAttestation,
            LayerInspection inspection) throws IOException {
        String at = place + ", layer " + number + " (" + descriptor.digest() + ")";
        MediaType layerType = descriptor.mediaType();
        boolean isLayer = LAYER.matcher(layerType.name()).matches();
        boolean isOther = isAttestation || layerType.name().isEmpty()
                || layerType.isLayer() && layerType.name().endsWith(ENCRYPTED);
        if (isLayer) {
            family(at, layerType);
        } else if (!isOther) {
            validation.add(at, "has the media type " + layerType + ", which is not that of a layer");
        }
        if (!layerType.isDistributable()) {
            inspection.skip();
            return;
        }
        validation.refer(descriptor.digest());
        validation.attempt(at, () -> {
            Blob blob = subject.blob(descriptor);
            BlobCheck check = new BlobCheck(validation, at, descriptor.digest(), descriptor.size());
            if (isLayer && !validation.isFast()) {
                new LayerCheck(validation, at, descriptor, diffId, inspection).check(blob, check);
            } else {
                inspection.skip();
                check.check(blob);
            }
        });
    }

    private void artifact(Optional<Descriptor> config, List<Optional<Descriptor>> blobs) throws IOException {
        if (config.isPresent()) {
            if (config.get().mediaType().equals(MediaType.OCI_EMPTY) && manifest.text("artifactType").isEmpty()) {
                validation.add(place, "has neither a config nor an artifactType that says what it is");
            }
            blob(place + ", config (" + config.get().digest() + ")", config.get());
        }
        for (int i = 0; i < blobs.size(); i++) {
            if (blobs.get(i).isPresent() && blobs.get(i).get().mediaType().isDistributable()) {
                Descriptor descriptor = blobs.get(i).get();
                blob(place + ", layer " + i + " (" + descriptor.digest() + ")", descriptor);
            }
        }
    }

    private void blob(String at, Descriptor descriptor) throws IOException {
        validation.refer(descriptor.digest());
        validation.attempt(at, () ->
                new BlobCheck(validation, at, descriptor.digest(), descriptor.size()).check(subject.blob(descriptor)));
    }

    /** Docker never registered a zstd layer; what its engines write is OCI's. */
    private void family(String at, MediaType part) {
        boolean zstd = part.isLayer() && part.name().endsWith("zstd");
        if (part.isDocker() != type.isDocker() && !(zstd && type.isDocker())) {
            validation.add(at, "has the media type " + part + " in a manifest of the type " + type);
        }
    }
}
