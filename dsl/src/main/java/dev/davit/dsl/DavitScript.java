package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import dev.davit.layout.OciLayout;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.registry.RegistryClient;
import dev.davit.registry.RegistryException;
import dev.davit.server.RegistryServer;
import dev.davit.tar.LayerArchive;
import dev.davit.tar.LayerBuilder;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What every script, and every line in the shell, can say: the sources, the registry jobs and the blocks. */
public abstract class DavitScript extends Script {

    private static Session session() {
        return Session.current();
    }

    private static RegistryClient registry() {
        return session().registry();
    }

    // Sources

    /** The image or the index that a reference names in its registry. Reads the manifest and no layer. */
    public Artifact remote(Object reference) throws IOException {
        return registry().get(Reference.parse(reference.toString()));
    }

    /** The image for a platform, of what a reference names in its registry; all of that where the platform is null. */
    public Artifact remote(Object reference, @Nullable Object platform) throws IOException {
        Artifact artifact = remote(reference);
        return platform == null ? artifact : ArtifactVerbs.platform(artifact, platform);
    }

    /** The only image or index in an archive: one that Docker, Podman or Davit saved, or an OCI archive. */
    public Artifact archive(Object path) throws IOException {
        return archive(path, "");
    }

    /** The image or index of this name in an archive. */
    public Artifact archive(Object path, String name) throws IOException {
        return session().closing(Archive.open(session().resolve(path))).get(name);
    }

    /** The only image or index in an archive that a stream holds, such as {@code stdin}. */
    public Artifact archive(InputStream stream) throws IOException {
        return session().closing(Archive.read(stream, "the stream")).get("");
    }

    /** The only image or index in an OCI layout directory. */
    public Artifact layout(Object folder) throws IOException {
        return layout(folder, "");
    }

    /** The image or index of this name in an OCI layout directory. */
    public Artifact layout(Object folder, String name) throws IOException {
        return OciLayout.open(session().resolve(folder)).get(name);
    }

    /** All images and indexes in an OCI layout directory, as it lists them. */
    public List<Artifact> layouts(Object folder) throws IOException {
        OciLayout layout = OciLayout.open(session().resolve(folder));
        List<Artifact> all = new ArrayList<>();
        for (Descriptor descriptor : layout.descriptors()) {
            all.add(layout.get(descriptor.digest().toString()));
        }
        return all;
    }

    /** The image or index of this name or ID in the Docker or Podman engine of this machine; fetches it whole. */
    public Artifact daemon(Object name) throws IOException {
        return session().daemon().get(name.toString());
    }

    /** An image with nothing in it, for {@code linux} on {@code amd64}. */
    public Image scratch() {
        return scratch("linux/amd64");
    }

    /** An image with nothing in it. */
    public Image scratch(Object platform) {
        return Image.scratch(Platform.parse(platform.toString()));
    }

    /** A layer of files, as the block says. */
    public Layer layer(@DelegatesTo(value = LayerBuilder.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        Session session = session();
        return LayerBuilder.build(session.store(), session.folder(), session.created(),
                builder -> Blocks.run(block, builder));
    }

    /** A layer from a tar archive, plain, gzip or zstd. A packed one keeps its bytes, and so its digest. */
    public Layer layer(Object path) throws IOException {
        return LayerArchive.of(session().store(), session().resolve(path));
    }

    /** A layer from a stream that holds a tar archive, such as {@code stdin}. */
    public Layer layer(InputStream stream) throws IOException {
        return LayerArchive.of(session().store(), stream, "the stream");
    }

    /** An index of what the block adds. */
    public Index index(@DelegatesTo(value = IndexBuilder.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        IndexBuilder builder = new IndexBuilder();
        Blocks.run(block, builder);
        return builder.build();
    }

    // Registry jobs

    /**
     * Speaks to these registries, with their port if they have one, in plain HTTP; to every registry where none is named.
     * Comes before the first verb that speaks to one.
     */
    public void insecure(String... registries) {
        session().change(settings -> settings.insecure(registries));
    }

    /** Moves so many blobs at once; 4 where nothing is said. Comes before the first verb that speaks to a registry. */
    public void parallel(int blobs) {
        session().change(settings -> settings.parallel(blobs));
    }

    /** Copies an image or a whole index, byte for byte, and returns the target by its digest. */
    public Reference copy(Object from, Object to) throws IOException {
        return ArtifactVerbs.push(remote(from), to);
    }

    /** Gives what a reference names one more tag in its repository. */
    public Reference tag(Object reference, Object tag) throws IOException {
        Reference from = Reference.parse(reference.toString());
        registry().tag(from, tag.toString());
        return from.withTag(tag.toString());
    }

    /** Deletes a tag or a manifest from its registry. */
    public void delete(Object reference) throws IOException {
        registry().delete(Reference.parse(reference.toString()));
    }

    /** The tags of a repository, in the registry's order. */
    public List<String> tags(Object repository) throws IOException {
        return list(registry().tags(Repository.parse(repository.toString())));
    }

    /** The repositories of a registry, where it tells them. */
    public List<String> catalog(Object host) throws IOException {
        return list(registry().catalog(host.toString()));
    }

    /** A list that a script may sort and change. */
    private static List<String> list(Stream<String> names) {
        return names.collect(Collectors.toCollection(ArrayList::new));
    }

    /** The digest that a reference stands for now. Reads no manifest where the registry tells it. */
    public String digest(Object reference) throws IOException {
        return registry().head(Reference.parse(reference.toString())).digest().toString();
    }

    /** Whether a registry has what a reference names. */
    public boolean exists(Object reference) throws IOException {
        return orElse(false, () -> {
            digest(reference);
            return true;
        });
    }

    /** The tags of a repository; none where there is no such repository. */
    public List<String> tagsIfAny(Object repository) throws IOException {
        return orElse(List.of(), () -> tags(repository));
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T orElse(T absent, Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (RegistryException e) {
            if (e.status() != 404) {
                throw e;
            }
            return absent;
        }
    }

    /** Saves images as one archive that replaces what was there, each under its name. */
    public void save(Object path, Map<String, ? extends Artifact> images) throws IOException {
        Archive.write(session().resolve(path), images);
    }

    /** A registry in this process, in memory, on a free port of this machine; it ends with the script. */
    public RegistryServer serve() throws IOException {
        return session().closing(RegistryServer.start());
    }

    /** A registry in this process, as the block says; it ends with the script. */
    public RegistryServer serve(
            @DelegatesTo(value = RegistryServer.Settings.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        return session().closing(RegistryServer.start(settings -> Blocks.run(block, settings)));
    }

    // Speaking

    @Override
    public void println() {
        session().out().println();
    }

    @Override
    public void println(Object value) {
        session().out().println(Text.of(value));
    }

    /** Prints a value; bytes and documents exactly as they are. */
    @Override
    public void print(Object value) {
        PrintStream out = session().out();
        if (value instanceof byte[] bytes) {
            out.writeBytes(bytes);
        } else if (value instanceof Document document) {
            out.writeBytes(document.bytes());
        } else {
            out.print(Text.of(value));
        }
    }
}
