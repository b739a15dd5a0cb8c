package dev.davit.registry;

import dev.davit.json.Document;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * The mirrors of Docker Hub and the insecure registries in Docker's {@code daemon.json}.
 *
 * @see <a href="https://docs.docker.com/docker-hub/image-library/mirror/">Mirrors in daemon.json</a>
 */
final class DaemonFile {

    private static final String HUB = "docker.io";

    private DaemonFile() {
    }

    /** @param others what has been said already: mirrors of Docker Hub there win */
    static List<RegistryRule> read(Path file, List<RegistryRule> others) throws IOException {
        Document document = Document.parse(Files.readAllBytes(file), file.toString());
        List<Mirror> mirrors = new ArrayList<>();
        try {
            document.texts("registry-mirrors").forEach(text -> mirrors.add(Mirror.parse(text)));
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
        boolean taken = others.stream().anyMatch(rule -> rule.prefix().equals(HUB));
        return List.of(new RegistryRule(taken ? "" : HUB, Optional.empty(), mirrors, false,
                new LinkedHashSet<>(document.texts("insecure-registries")), file));
    }
}
