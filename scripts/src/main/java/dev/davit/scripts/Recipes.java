package dev.davit.scripts;

import dev.davit.blob.ContentStore;
import dev.davit.dsl.Session;
import dev.davit.image.Artifact;
import dev.davit.proof.WorkingCopy;
import dev.davit.ref.Reference;
import dev.davit.registry.RegistryClient;
import dev.davit.server.RegistryServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs recipes for tests, apart from the machine: every registry is one in this process, which has what {@link #with} puts
 * there and what recipes push; home, cache and environment are fresh; a recipe works on a copy of its folder, and is not
 * held to a lock, as its bases are those of the test. No request leaves this machine. Close it when the tests have ended.
 *
 * <pre>{@code
 * try (Recipes recipes = Recipes.start()) {
 *     recipes.with("debian:12", base);
 *     RecipeRun run = recipes.run(Path.of("site.groovy"), "--tag", "1.0");
 *     assertEquals("hello\n", run.image("localhost:5000/site:1.0").file("/etc/motd").getText());
 * }
 * }</pre>
 */
public final class Recipes implements AutoCloseable {

    private final Path folder;
    private final Map<String, RegistryServer> registries = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final ContentStore store;
    private final RegistryClient client;
    private int runs;

    private Recipes(Path folder) throws IOException {
        this.folder = folder;
        Path home = Files.createDirectories(folder.resolve("home"));
        environment.put("HOME", home.toString());
        environment.put("DOCKER_CONFIG", home.toString());
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("DAVIT_CACHE", folder.resolve("cache").toString());
        this.store = ContentStore.at(folder.resolve("cache").resolve("blobs"), Long.MAX_VALUE);
        this.client = RegistryClient.create(settings -> settings.environment(environment).standIns(this::address));
    }

    public static Recipes start() throws IOException {
        return new Recipes(Files.createTempDirectory("davit-recipes").toRealPath());
    }

    /** Sets a variable of the environment that recipes see. */
    public Recipes withVariable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Lets a registry have this image or index by this reference, such as a base that recipes start from. */
    public Recipes with(String reference, Artifact artifact) throws IOException {
        client.put(Reference.parse(reference), artifact);
        return this;
    }

    /** Where images for tests can be built: what {@link dev.davit.tar.LayerBuilder#build} takes. */
    public ContentStore store() {
        return store;
    }

    /** Runs a recipe with these words on its command line, and waits for it. That it fails is told by the run. */
    public RecipeRun run(Path recipe, String... words) throws IOException {
        Path file = recipe.toRealPath();
        List<String> pushed = new ArrayList<>();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        WorkingCopy copy = new WorkingCopy();
        copy.make(file.getParent(), folder.resolve("run" + ++runs));
        List<String> line = new ArrayList<>(List.of("run", "--no-lock", copy.of(file).getFileName().toString()));
        line.addAll(List.of(words));
        int status = Runner.run(line, InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), environment, copy.of(file).getParent(),
                session -> begin(session, pushed));
        return new RecipeRun(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8),
                pushed, copy.of(file).getParent(), this);
    }

    private void begin(Session session, List<String> pushed) {
        session.change(settings -> settings.standIns(this::address));
        session.gate((place, artifact) -> {
            pushed.add(place);
            return true;
        });
    }

    /** What a registry has by a reference now. */
    public BuiltImage image(String reference) throws IOException {
        return new BuiltImage(client.get(Reference.parse(reference)), store);
    }

    /** The stand-in for a registry; it is started when it is first spoken to. */
    private synchronized String address(String registry) {
        return registries.computeIfAbsent(registry, name -> {
            try {
                return RegistryServer.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).address();
    }

    @Override
    public void close() throws IOException {
        client.close();
        for (RegistryServer registry : registries.values()) {
            registry.close();
        }
        WorkingCopy.remove(folder);
    }
}
