package dev.davit.archive;

import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.MediaType;
import dev.davit.json.Document;
import dev.davit.validate.Validation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks whether {@code index.json} and {@code manifest.json} of one archive speak of the same images. */
final class Agreement {

    /** What {@code index.json} lists: the images in it, and what it calls them. */
    private record Listed(List<String> names, List<Image> images) { }

    private final TarEntries tar;
    private final Validation validation;

    Agreement(TarEntries tar, Validation validation) {
        this.tar = tar;
        this.validation = validation;
    }

    void check(List<SavedEntry> saved) throws IOException {
        List<Listed> listed;
        try {
            listed = listed();
        } catch (IOException e) {
            return; // what cannot be read has been reported
        }
        for (int i = 0; i < saved.size(); i++) {
            if (tar.has(saved.get(i).config())) {
                check(tar.place() + ", " + SavedEntry.FILE + ", image " + i, saved.get(i), listed);
            }
        }
        for (Listed entry : listed) {
            List<Image> forDocker = entry.images.stream().filter(Agreement::isForDocker).toList();
            boolean isSaved = forDocker.stream().anyMatch(image -> saved.stream().anyMatch(s -> is(s, image)));
            if (!forDocker.isEmpty() && !isSaved) {
                validation.add(tar.place() + ", " + OciEntries.INDEX, "lists image " + forDocker.get(0).digest()
                        + ", which " + SavedEntry.FILE + " does not have");
            }
        }
    }

    private List<Listed> listed() throws IOException {
        OciEntries content = new OciEntries(tar);
        Document index = Document.parse(tar.read(OciEntries.INDEX), OciEntries.INDEX);
        List<Listed> listed = new ArrayList<>();
        for (Map<String, @Nullable Object> tree : index.objects("manifests")) {
            Descriptor descriptor = Descriptor.parse(tree, OciEntries.INDEX);
            Artifact artifact = Artifact.of(content.manifest(descriptor), content, OciEntries.INDEX);
            listed.add(new Listed(Names.of(descriptor), artifact.images()));
        }
        return listed;
    }

    private void check(String place, SavedEntry saved, List<Listed> listed) {
        List<Listed> same = listed.stream().filter(entry -> entry.images.stream().anyMatch(i -> is(saved, i))).toList();
        if (same.isEmpty()) {
            validation.add(place, "no image that " + OciEntries.INDEX + " lists has the config '" + saved.config() + "'");
            return;
        }
        Image image = same.get(0).images.stream().filter(i -> is(saved, i)).findFirst().orElseThrow();
        List<String> layers = image.layerDescriptors().stream().map(d -> OciEntries.path(d.digest())).toList();
        boolean agree = layers.size() == saved.layers().size();
        for (int i = 0; agree && i < layers.size(); i++) {
            agree = tar.isSame(layers.get(i), saved.layers().get(i));
        }
        if (!agree) {
            validation.add(place, "its layers are not those of image " + image.digest() + ", which "
                    + OciEntries.INDEX + " lists with the same config");
        }
        List<String> names = same.stream().flatMap(entry -> entry.names.stream()).toList();
        for (String tag : saved.repoTags()) {
            // Docker's own annotation may have the tag alone.
            if (!names.isEmpty() && names.stream().noneMatch(n -> Entry.isSame(n, tag) || tag.endsWith(":" + n))) {
                validation.add(place, "is called " + tag + ", but " + OciEntries.INDEX + " calls it "
                        + String.join(", ", names));
            }
        }
    }

    /** Where layers are to be fetched from elsewhere, Docker's form cannot have the image. */
    private static boolean isForDocker(Image image) {
        return image.isContainerImage()
                && image.layerDescriptors().stream().map(Descriptor::mediaType).allMatch(MediaType::isDistributable);
    }

    private boolean is(SavedEntry saved, Image image) {
        return tar.isSame(saved.config(), OciEntries.path(image.configDescriptor().digest()));
    }
}
