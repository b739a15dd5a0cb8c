package dev.davit.progress;

/**
 * A terminal that can redraw lines.
 *
 * @param showsResults whether results appear on it too
 */
public record Screen(int columns, int rows, boolean showsResults) { }
