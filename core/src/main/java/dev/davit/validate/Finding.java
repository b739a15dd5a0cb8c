package dev.davit.validate;

/**
 * One thing that is wrong, or worth knowing. Control characters, which names in an image may have, are question marks.
 *
 * @param place what it is wrong with, such as {@code image sha256:…, layer 0 (sha256:…)}; the base's layer is 0
 * @param problem the rest of the sentence
 */
public record Finding(String place, String problem) {

    public Finding {
        place = oneLine(place);
        problem = oneLine(problem);
    }

    /** So that what an image holds can neither steer a terminal nor look like another finding. */
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cs}\\u2028\\u2029]", "?");
    }

    /** The sentence. */
    @Override
    public String toString() {
        return place + ": " + problem;
    }
}
