package dev.davit.scripts;

/** A recipe does not give the same bytes everywhere. */
final class Irreproducible extends UsageException {

    private static final long serialVersionUID = 1;

    Irreproducible(String message) {
        super(message);
    }
}
