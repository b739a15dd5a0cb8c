import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.davit.image.Image;
import dev.davit.image.Platform;
import dev.davit.scripts.BuiltImage;
import dev.davit.scripts.RecipeRun;
import dev.davit.scripts.Recipes;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The same with JUnit. */
class SiteTest {

    private static final Path RECIPE = Path.of(System.getProperty("davit.root", "."), "samples", "site.groovy");

    @Test
    void theSiteHasItsPage() throws IOException {
        try (Recipes recipes = Recipes.start().with("debian:12", Image.scratch(Platform.parse("linux/arm64")))) {
            RecipeRun run = recipes.run(RECIPE, "--base", "debian:12", "--to", "localhost:5000/site:1.0");
            BuiltImage image = run.image("localhost:5000/site:1.0");

            assertEquals(0, run.status(), run.errors());
            assertTrue(image.has("/usr/share/nginx/html/index.html"));
            assertTrue(image.file("/etc/nginx/nginx.conf").getText().contains("listen 8080;"));
        }
    }
}
