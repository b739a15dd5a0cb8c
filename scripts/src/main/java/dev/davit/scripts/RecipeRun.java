package dev.davit.scripts;

import dev.davit.usage.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What a recipe did in {@link Recipes}. */
public final class RecipeRun {

    private final int status;
    private final String output;
    private final String errors;
    private final List<String> handedOn;
    private final Path folder;
    private final Recipes recipes;

    RecipeRun(int status, String output, String errors, List<String> handedOn, Path folder, Recipes recipes) {
        this.status = status;
        this.output = output;
        this.errors = errors;
        this.handedOn = List.copyOf(handedOn);
        this.folder = folder;
        this.recipes = recipes;
    }

    /** How the run ended: 0 for success; see {@link ExitCode}. */
    public int status() {
        return status;
    }

    /** What the recipe printed. */
    public String output() {
        return output;
    }

    /** Its warnings, and how it failed. */
    public String errors() {
        return errors;
    }

    /** Where it handed artifacts on, in order: full references, {@code archive:FILE[:NAME]} and the like. */
    public List<String> handedOn() {
        return handedOn;
    }

    /** The copy of the recipe's folder that it worked on, with the files that it wrote. */
    public Path folder() {
        return folder;
    }

    /** What a registry has by a reference now, such as what the recipe pushed. */
    public BuiltImage image(String reference) throws IOException {
        return recipes.image(reference);
    }
}
