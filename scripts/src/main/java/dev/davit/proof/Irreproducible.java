package dev.davit.proof;

/** A recipe does not give the same bytes everywhere. */
public final class Irreproducible extends IllegalStateException {

    private static final long serialVersionUID = 1;

    Irreproducible(String message) {
        super(message);
    }
}
