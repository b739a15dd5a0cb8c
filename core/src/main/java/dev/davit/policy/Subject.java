package dev.davit.policy;

import dev.davit.blob.ContentStore;
import dev.davit.image.Artifact;
import dev.davit.image.Image;
import dev.davit.image.Layer;
import dev.davit.tar.Entry;
import dev.davit.tar.Overlay;
import dev.davit.validate.Finding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An image while it is checked. What a rule reports is collected here. */
final class Subject {

    private static final int MOST_FINDINGS = 1000;

    private final Artifact whole;
    private final Image image;
    private final ContentStore store;
    private final Overlay overlay;
    private final String place;
    private List<Finding> findings = new ArrayList<>();

    /**
     * @param whole the artifact that the image belongs to
     * @param place what findings call the image
     */
    Subject(Artifact whole, Image image, ContentStore store, String place) throws IOException {
        this.whole = whole;
        this.image = image;
        this.store = store;
        this.overlay = Overlay.of(image, store);
        this.place = place;
    }

    Artifact whole() {
        return whole;
    }

    Image image() {
        return image;
    }

    ContentStore store() {
        return store;
    }

    Overlay overlay() {
        return overlay;
    }

    /** Something is wrong with the image as a whole. */
    void report(String problem) {
        report(place, problem);
    }

    /** Something is wrong with a file that one sees in the image. */
    void report(Entry file, String problem) throws IOException {
        report(file, file.layer(), image.layers().get(file.layer()), problem);
    }

    /** Something is wrong with a file in a layer. */
    void report(Entry file, int number, Layer layer, String problem) {
        report(place + ", layer " + number + " (" + layer.digest() + "), /" + file.path(), problem);
    }

    private void report(String where, String problem) {
        if (findings.size() < MOST_FINDINGS) {
            findings.add(new Finding(where, problem));
        } else if (findings.size() == MOST_FINDINGS) {
            findings.add(new Finding(place, "there are more than " + MOST_FINDINGS + " findings"));
        }
    }

    /** What one rule finds wrong; that a rule fails is a finding too. */
    List<Finding> check(Rule rule) throws IOException {
        findings = new ArrayList<>();
        rule.check(this);
        return List.copyOf(findings);
    }
}
