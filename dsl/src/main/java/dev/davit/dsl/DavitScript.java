package dev.davit.dsl;

import dev.davit.archive.Archive;
import dev.davit.auth.Credentials;
import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.Layer;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.json.Document;
import dev.davit.json.Json;
import dev.davit.layout.OciLayout;
import dev.davit.look.Difference;
import dev.davit.look.ImageSize;
import dev.davit.policy.Policy;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.registry.HostSettings;
import dev.davit.registry.RegistryClient;
import dev.davit.registry.RegistryException;
import dev.davit.server.RegistryServer;
import dev.davit.tar.LayerArchive;
import dev.davit.tar.LayerBuilder;
import dev.davit.tar.RandomImage;
import dev.davit.validate.Findings;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.FromString;
import groovy.transform.stc.SimpleType;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What every script, and every line in the shell, can say: the sources, the registry jobs and the blocks. */
public abstract class DavitScript extends Script {

    /** What the script runs in. */
    protected static Session session() {
        return Session.current();
    }

    private static RegistryClient registry() {
        return session().registry();
    }

    // Sources

    /** The image or the index that a reference names in its registry. Reads the manifest and no layer. */
    public Artifact remote(Object reference) throws IOException {
        Reference parsed = Reference.parse(reference.toString());
        session().warnIfMoving(reference.toString(), parsed);
        return session().get(parsed);
    }

    /** What a reference names in its registry, only for these platforms; see {@code only}. */
    public Artifact remote(Object reference, @Nullable Object platforms) throws IOException {
        return IndexVerbs.only(remote(reference), platforms);
    }

    /**
     * The image or the index that a reference names, wherever it is: {@code debian:12} in a registry,
     * {@code oci:FOLDER[:NAME]} in an OCI layout directory, {@code archive:FILE[:NAME]} in an archive, {@code daemon:NAME}
     * in the Docker or Podman engine of this machine, and {@code -}, an archive on standard input.
     */
    public Artifact image(Object reference) throws IOException {
        return image(reference, null);
    }

    /** What a reference names, wherever it is, only for these platforms; see {@code only}. */
    public Artifact image(Object reference, @Nullable Object platforms) throws IOException {
        return from(reference, parsed(reference)).get(IndexVerbs.platforms(platforms));
    }

    /** The images in the place that a reference names, to start from. */
    private Images from(Object reference, Place place) {
        place.reference().ifPresent(named -> session().warnIfMoving(reference.toString(), named));
        return at(place);
    }

    private Images at(Place place) {
        return Images.at(place, this::stdin);
    }

    private Images at(Place.Medium medium, Object path, String name) {
        return at(new Place(medium, path.toString(), name, Optional.empty()));
    }

    /**
     * The only image or index in an archive: one that Docker, Podman or Davit saved, or an OCI archive; {@code -} is one on
     * standard input.
     */
    public Artifact archive(Object path) throws IOException {
        return archive(path, "");
    }

    /** The image or index of this name in an archive. */
    public Artifact archive(Object path, String name) throws IOException {
        return at(Place.Medium.ARCHIVE, path, name).get();
    }

    /** The only image or index in an archive that a stream holds, such as {@code stdin}. */
    public Artifact archive(InputStream stream) throws IOException {
        return archive(stream, "");
    }

    /** The image or index of this name in an archive that a stream holds. */
    public Artifact archive(InputStream stream, String name) throws IOException {
        return session().closing(Archive.read(stream, "the stream")).get(name);
    }

    private InputStream stdin() {
        if (getMetaClass().hasProperty(this, "stdin") != null && getProperty("stdin") instanceof InputStream in) {
            return in;
        }
        throw new IllegalArgumentException("there is no standard input here for '-': expected the path of an archive");
    }

    /** What a text names: the archive or the OCI layout directory at a path where there is one, else what it refers to. */
    public Place place(Object text) {
        if (text instanceof Place place) {
            return place;
        }
        Path path = session().resolve(text);
        if (text.toString().matches("[^:@]+[.](tar|tgz|tar[.][a-z]+)") && !Files.exists(path)) {
            throw new IllegalArgumentException("there is no archive '" + text + "'");
        }
        return Files.isDirectory(path) ? new Place(Place.Medium.LAYOUT, text.toString(), "", Optional.empty())
                : Files.exists(path) ? new Place(Place.Medium.ARCHIVE, text.toString(), "", Optional.empty())
                : Place.parse(text.toString());
    }

    private static Place parsed(Object reference) {
        return reference instanceof Place place ? place : Place.parse(reference.toString());
    }

    /**
     * The image or index of this name in the archive or the OCI layout directory at a path; where there is no such path, what
     * it names as a reference to any medium. An empty name is for the only image.
     */
    public Artifact local(Object path, String name) throws IOException {
        Place there = place(path);
        return image(name.isEmpty() ? there : new Place(there.medium(), there.path(), name, Optional.empty()));
    }

    /**
     * All that an archive or an OCI layout directory has, at a path or by a reference, under each of its names, or under the
     * digest of what has none; what a reference to another medium names, under that name.
     */
    public Map<String, Artifact> images(Object reference) throws IOException {
        return from(reference, place(reference)).all();
    }

    /** The only image or index in an OCI layout directory. */
    public Artifact layout(Object folder) throws IOException {
        return layout(folder, "");
    }

    /** The image or index of this name in an OCI layout directory. */
    public Artifact layout(Object folder, String name) throws IOException {
        return at(Place.Medium.LAYOUT, folder, name).get();
    }

    /** The image for a platform of what has this name in an OCI layout directory, be it one index or several images. */
    public Image layout(Object folder, String name, Object platform) throws IOException {
        return (Image) at(Place.Medium.LAYOUT, folder, name).get(List.of(Platform.parse(platform.toString())));
    }

    /**
     * An OCI layout directory as a whole: its {@code names} and {@code descriptors}, {@code put('v1', image)} in the place of
     * what has the name, {@code append('v1', image)} beside it, {@code replace('v1', image, platform: 'linux/arm64')},
     * {@code remove('v1')} by name or digest, {@code remove(platform: 'linux/arm64')}, and {@code collectGarbage()}, which
     * gives the digests that nothing led to any more.
     */
    public OciLayout layoutAt(Object folder) throws IOException {
        return OciLayout.open(session().resolve(folder)).withParallel(session().connections().parallel());
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
        return at(Place.Medium.ENGINE, "", name.toString()).get();
    }

    /** An image with nothing in it, for {@code linux} on {@code amd64}. */
    public Image scratch() {
        return scratch("linux/amd64");
    }

    /** An image with nothing in it. */
    public Image scratch(Object platform) {
        return Image.scratch(Platform.parse(platform.toString()));
    }

    /** An image of one layer with a million random bytes, the same on every machine. */
    public Artifact random() throws IOException {
        return random(Map.of());
    }

    /**
     * An image of random files: {@code random(size: 1_000_000, layers: 3, seed: 42, platform: 'linux/arm64')}, each layer with
     * one file of so many bytes. The seed decides every byte. With {@code platforms: […]}, an index of such images.
     */
    public Artifact random(Map<?, ?> options) throws IOException {
        BlockVerbs.checkOptions(options, List.of("size", "layers", "seed", "platform", "platforms"));
        long size = number(options, "size", 1_000_000);
        int layers = Math.toIntExact(number(options, "layers", 1));
        long seed = number(options, "seed", 0);
        if (options.get("platforms") instanceof Iterable<?> several) {
            List<Platform> platforms = new ArrayList<>();
            several.forEach(platform -> platforms.add(Platform.parse(platform.toString())));
            return RandomImage.index(session().store(), size, layers, seed, platforms);
        }
        Object platform = options.get("platform") == null ? "linux/amd64" : options.get("platform");
        return RandomImage.of(session().store(), size, layers, seed, Platform.parse(platform.toString()));
    }

    private static long number(Map<?, ?> options, String name, long absent) {
        Object value = options.containsKey(name) ? options.get(name) : absent;
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException("malformed " + name + " '" + value + "': expected a number");
    }

    /**
     * An artifact of this type, which is no container image: {@code artifact('application/spdx+json')}. What it holds is
     * appended: {@code .append(layer('sbom.json', mediaType: 'application/spdx+json'))}.
     */
    public Image artifact(Object type) {
        return Image.artifact(type.toString());
    }

    /** A layer of files, as the block says. */
    public Layer layer(@DelegatesTo(value = LayerBuilder.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        return session().layer(builder -> Blocks.run(block, builder));
    }

    /** A layer from a tar archive, plain, gzip or zstd. A packed one keeps its bytes, and so its digest. */
    public Layer layer(Object path) throws IOException {
        return LayerArchive.of(session().store(), session().source(path));
    }

    /**
     * A layer of a file or of bytes just as they are: {@code layer('sbom.json', mediaType: 'application/spdx+json')}. For
     * artifacts, and for layers of a kind that is not known here.
     */
    public Layer layer(Map<?, ?> options, Object content) throws IOException {
        BlockVerbs.checkOptions(options, List.of("mediaType"));
        if (options.get("mediaType") == null) {
            throw new IllegalArgumentException("layer: bytes as they are need a media type, such as "
                    + "mediaType: 'application/spdx+json'");
        }
        Blob blob = content instanceof byte[] bytes ? Blob.of(bytes.clone())
                : session().store().add(out -> Files.copy(session().source(content), out));
        String from = content instanceof byte[] ? "bytes" : "file " + session().resolve(content).getFileName();
        return Layer.of(blob, new MediaType(options.get("mediaType").toString()), "davit layer: " + from);
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
     * Lets these registries, with their port if they have one, show any certificate, or speak plain HTTP where they speak
     * no TLS; every registry where none is named. Comes before the first verb that speaks to one.
     */
    public void insecure(String... registries) {
        session().change(settings -> settings.insecure(registries));
    }

    /**
     * How a host is spoken to: {@code host 'registry.example.com:5000', ca: 'ca.pem', mirror: 'mirror.example.com/hub'}.
     * Takes {@code http}, {@code insecure} and {@code trustRedirects}, true or false; {@code ca}, a file or several;
     * {@code cert} with {@code key}; {@code mirror}, one or several; {@code requestsPerSecond}; {@code parallel}. The name
     * may be {@code *.example.com} for a domain and {@code *} for all. Comes before the first verb that speaks to a registry.
     */
    public void host(Map<?, ?> options, Object name) {
        HostSettings host = HostOptions.read(session(), options);
        session().change(settings -> settings.host(name.toString(), host));
    }

    /** Prints each request to a registry, from now on, where warnings go; without what may be secret. */
    public void verbose() {
        session().verbose();
    }

    /** Moves so many blobs at once; 4 where nothing is said. Comes before the first verb that speaks to a registry. */
    public void parallel(int blobs) {
        session().connections().parallel(blobs);
    }

    /** Copies an image or a whole index, byte for byte, and returns the target by its digest. */
    public Reference copy(Object from, Object to) throws IOException {
        return ArtifactVerbs.push(remote(from), to);
    }

    /**
     * Copies what a reference to any medium names to another, only for the {@code platform:} if there is one. From a registry to
     * a registry, {@code referrers: true} copies also what refers to it, to the images of an index, and to what refers; and
     * {@code digestTags: true} what has a tag made of their digests, as cosign's signatures have. That is there before the
     * image is.
     */
    public Place copy(Map<?, ?> options, Object from, Object to) throws IOException {
        BlockVerbs.checkOptions(options, List.of("platform", "referrers", "digestTags"));
        Artifact artifact = image(from, options.get("platform"));
        Attaching.copy(session(), options, artifact, from, to);
        return ArtifactVerbs.to(artifact, to);
    }

    /**
     * Attaches files to the image or index that a reference names, as an artifact of this type that refers to it, and returns
     * the artifact by its digest: {@code attach('localhost:5000/site:1', 'sbom.json', type: 'application/spdx+json')}. A file
     * may have its media type after it, as in {@code 'sbom.json:application/json'}. With {@code annotations: [k: 'v']}, and
     * {@code platform:} for the image of an index.
     */
    public Reference attach(Map<?, ?> options, Object reference, Object... files) throws IOException {
        return Attaching.attach(session(), options, reference, files);
    }

    /**
     * What refers to the image or index that a reference names. Each has a {@code digest}, an {@code artifactType}, a
     * {@code mediaType}, a {@code size} and {@code annotations}, gives its {@code artifact}, and stands for its own reference:
     * {@code referrers('nginx').each { delete it }}.
     */
    public List<Referrer> referrers(Object reference) throws IOException {
        return referrers(Map.of(), reference);
    }

    /** The same; only those of a {@code type:}, or what refers to the image for a {@code platform:}. */
    public List<Referrer> referrers(Map<?, ?> options, Object reference) throws IOException {
        return Attaching.find(session(), options, reference);
    }

    /** Changes what a reference to any medium names as the block says, in its place. */
    public Place change(Object reference,
            @ClosureParams(value = FromString.class, options = "dev.davit.image.Artifact") Closure<?> block)
            throws IOException {
        return change(Map.of(), reference, block);
    }

    /**
     * Changes what a reference to any medium names as the block says, and returns the reference in full with the new digest:
     * {@code change('site:1', platform: 'linux/arm64') { it.withUser('me') }}. In its place, the images for other platforms
     * than those in {@code platform:} stay around it as they are; what was named by its digest is put beside it, by the new
     * one. Where {@code to:} names another place, only what is for these platforms goes there; to a repository in
     * {@code repository:} by its digest alone.
     */
    public Place change(Map<?, ?> options, Object reference,
            @ClosureParams(value = FromString.class, options = "dev.davit.image.Artifact") Closure<?> block)
            throws IOException {
        BlockVerbs.checkOptions(options, List.of("to", "repository", "platform"));
        Place from = parsed(reference);
        Object repository = options.get("repository");
        Object to = options.get("to");
        Object platforms = options.get("platform");
        if (repository == null && (to == null || Place.parse(to.toString()).equals(from))) {
            return at(from).replace(IndexVerbs.within(image(reference), platforms, block));
        }
        Artifact changed = IndexVerbs.within(image(reference, platforms), null, block);
        return ArtifactVerbs.to(changed, repository == null ? to
                : Reference.of(Repository.parse(repository.toString()), changed.digest()));
    }

    /** Gives what a reference names one more tag in its repository. */
    public Reference tag(Object reference, Object tag) throws IOException {
        Reference from = Reference.parse(reference.toString());
        Reference to = from.withTag(tag.toString());
        Deliveries.Delivery delivery = () -> registry().tag(from, tag.toString());
        if (session().isGated()) {
            session().deliver(to.toString(), session().get(from), delivery);
        } else {
            delivery.run(); // and spares a look at it
        }
        return to;
    }

    /**
     * Deletes tags of a repository that as many newer ones of the same kind come after as {@code keep:} says, and returns
     * them with their digests: {@code prune('localhost:5000/site', keep: 3)}. Tags without a version or a date stay, and so
     * does whatever a tag that stays leads to. {@code matching:} says of which tags this is; with {@code dryRun: true}
     * nothing is deleted.
     */
    public List<Reference> prune(Map<?, ?> options, Object repository) throws IOException {
        BlockVerbs.checkOptions(options, List.of("keep", "matching", "dryRun"));
        int keep = Math.toIntExact(number(options, "keep", 0));
        if (keep < 1) {
            throw new IllegalArgumentException("malformed keep " + keep + ": expected how many tags of a kind to keep");
        }
        Pruning pruning = new Pruning(registry(), Repository.parse(repository.toString()));
        Tags all = tags(repository);
        Tags candidates = options.get("matching") == null ? all : all.matching(options.get("matching").toString());
        List<Reference> old = pruning.old(all, candidates.olderThanNewest(keep));
        if (!Boolean.TRUE.equals(options.get("dryRun"))) {
            pruning.delete(old);
        }
        return old;
    }

    /**
     * Deletes a tag from its registry; or by digest an image or index, and so all its tags. Many registries delete by digest
     * only.
     */
    public void delete(Object reference) throws IOException {
        registry().delete(Reference.parse(reference.toString()));
    }

    /**
     * The tags of a repository, in the registry's order. One may choose by version:
     * {@code tags('redis').matching('7.*-bookworm').newest}; the choices are matching, stable, sameKindAs, newerThan,
     * sorted, versions, newest and oldest.
     */
    public Tags tags(Object repository) throws IOException {
        Repository parsed = Repository.parse(repository.toString());
        return new Tags("tags of " + parsed.familiar(), list(registry().tags(parsed)));
    }

    /**
     * Docker Hub, for what other registries do not tell: {@code hub.search('nginx')}, {@code hub.search('nginx', limit: 50,
     * official: true)} and {@code hub.rateLimit}, the pulls that are left.
     */
    public DockerHub getHub() {
        return new DockerHub(registry().hub());
    }

    /** The repositories of a registry, where it tells them. */
    public List<String> catalog(Object host) throws IOException {
        return list(registry().catalog(host.toString()));
    }

    /** Calls the block with each repository of a registry, while further ones are fetched. */
    public void catalog(Object host, @ClosureParams(value = SimpleType.class, options = "java.lang.String") Closure<?> block)
            throws IOException {
        try (Stream<String> names = registry().catalog(host.toString())) {
            names.forEach(name -> Blocks.call(block, name));
        }
    }

    /** Calls the block with each tag of a repository, while further ones are fetched. */
    public void tags(Object repository, @ClosureParams(value = SimpleType.class, options = "java.lang.String") Closure<?> block)
            throws IOException {
        try (Stream<String> tags = registry().tags(Repository.parse(repository.toString()))) {
            tags.forEach(tag -> Blocks.call(block, tag));
        }
    }

    /** A repository and all those below it, as far as the registry tells: {@code repositories('localhost:5000/team')}. */
    public List<Repository> repositories(Object root) throws IOException {
        try (Stream<Repository> found = registry().repositories(Repository.parse(root.toString()))) {
            return found.collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /**
     * What a repository holds that no tag leads to, be it by an index or by what it refers to. Google's registries tell that,
     * and others do not.
     */
    public List<Reference> untagged(Object repository) throws IOException {
        return new ArrayList<>(registry().untagged(Repository.parse(repository.toString())));
    }

    /** The tags of its repository that stand for the same as a reference. Asks the registry for each tag there is. */
    public List<String> tagsOf(Object reference) throws IOException {
        Reference parsed = Reference.parse(reference.toString());
        Digest digest = parsed.digest().isPresent() ? parsed.digest().get() : registry().head(parsed).digest();
        return list(registry().tags(parsed.repository(), digest).stream());
    }

    /** The blob that a reference names by its digest; its bytes are read when it is opened. */
    public Blob blob(Object reference) throws IOException {
        Reference parsed = Reference.parse(reference.toString());
        return registry().blob(parsed.repository(), parsed.digest().orElseThrow(() -> new IllegalArgumentException(
                "malformed blob '" + reference + "': expected REPOSITORY@DIGEST")));
    }

    /** A list that a script may sort and change. */
    private static List<String> list(Stream<String> names) {
        return names.collect(Collectors.toCollection(ArrayList::new));
    }

    /** The digest that a reference, to any medium, stands for now. Reads no manifest where a registry tells it. */
    public String digest(Object reference) throws IOException {
        return at(parsed(reference)).digest().toString();
    }

    /** The digest that a reference stands for; empty text where there is no such image. */
    public String digestIfAny(Object reference) throws IOException {
        return exists(reference) ? digest(reference) : "";
    }

    /** Whether there is what a reference to a registry, a layout or an archive names. */
    public boolean exists(Object reference) throws IOException {
        return at(parsed(reference)).has();
    }

    /** The tags of a repository; none where there is no such repository. */
    public Tags tagsIfAny(Object repository) throws IOException {
        try {
            return tags(repository);
        } catch (RegistryException e) {
            if (e.status() != 404) {
                throw e;
            }
            return new Tags("tags of " + repository, List.of());
        }
    }

    /** Saves images as one archive that replaces what was there, each under its name. */
    public void save(Object path, Map<String, ? extends Artifact> images) throws IOException {
        save(Map.of(), path, images);
    }

    /**
     * Saves images as one archive, each under its name; to {@code -}, on standard output. {@code legacy: true} is for engines
     * from before Docker 1.10. Layers that the images in {@code since: [images('monday.tar')]} have in the same repository are
     * left out, for who has those already.
     */
    public void save(Map<?, ?> options, Object path, Map<String, ? extends Artifact> images) throws IOException {
        BlockVerbs.checkOptions(options, List.of("legacy", "since"));
        boolean legacy = Boolean.TRUE.equals(options.get("legacy"));
        List<Map<String, Artifact>> earlier = new ArrayList<>();
        if (options.get("since") instanceof Iterable<?> several) {
            several.forEach(known -> {
                Map<String, Artifact> named = new LinkedHashMap<>();
                ((Map<?, ?>) known).forEach((name, artifact) -> named.put(name.toString(), (Artifact) artifact));
                earlier.add(named);
            });
        }
        Map<String, Artifact> places = new LinkedHashMap<>();
        images.forEach((name, image) -> places.put(ArtifactVerbs.place("archive:", path, name), image));
        session().deliver(places, () -> {
            boolean standard = path.toString().equals("-");
            if (legacy && standard) {
                Archive.writeLegacy(session().streams().take(), images);
            } else if (legacy) {
                Archive.writeLegacy(session().resolve(path), images);
            } else if (standard) {
                Archive.writeSince(session().streams().take(), images, earlier);
            } else {
                Archive.writeSince(session().resolve(path), images, earlier);
            }
        });
    }

    /** A registry in this process, in memory, on a free port of this machine; it ends with the script. */
    public RegistryServer serve() throws IOException {
        return own(RegistryServer.start());
    }

    /** A registry in this process, as the block says; it ends with the script. */
    public RegistryServer serve(
            @DelegatesTo(value = RegistryServer.Settings.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        boolean reads = session().isPlanning();
        return own(RegistryServer.start(settings -> {
            Blocks.run(block, settings);
            if (reads) {
                settings.readOnly();
            }
        }));
    }

    private RegistryServer own(RegistryServer registry) {
        session().locking().ifPresent(lock -> lock.serves(registry.address()));
        return session().closing(registry);
    }

    // Credentials

    /**
     * Shows these to a registry, or to a repository and those below it, before all other credentials that are known; the
     * most specific win. They are {@code user:} and {@code password:}, or {@code token:} for what the registry accepts as it
     * is, or {@code identityToken:} for what it exchanges.
     */
    public void credentials(Map<String, ?> named, Object where) {
        session().accounts().give(where, named);
    }

    /** The credentials that are known for a registry or a repository. */
    public Credentials credentials(Object where) throws IOException {
        return session().accounts().find(where);
    }

    /** Uses the pull secrets of Kubernetes in a file, in JSON or YAML, or in a folder that a secret is mounted into. */
    public void pullSecrets(Object path) throws IOException {
        session().accounts().pullSecrets(path);
    }

    /**
     * Uses the pull secrets of the Kubernetes cluster that this runs in: {@code secrets:} by their names, then those of the
     * {@code serviceAccount:}, in a {@code namespace:}. Where nothing is said, those of the account {@code default} here.
     */
    public void pullSecrets(Map<String, ?> named) {
        session().accounts().pullSecrets(named);
    }

    /**
     * Verifies {@code user:} and {@code password:} with a registry, and keeps them in Docker's configuration, which is
     * returned.
     */
    public Path login(Map<String, ?> named, Object registry) throws IOException {
        return session().accounts().login(registry, named);
    }

    /** Removes the user's credentials for a registry from Docker's configuration, which is returned. */
    public Path logout(Object registry) throws IOException {
        return session().accounts().logout(registry);
    }

    /** A token with which its bearer may pull from a repository, for some minutes. */
    public String token(Object repository) throws IOException {
        return token(Map.of(), repository);
    }

    /** A token that with {@code push: true} also allows to push, and to pull from the repositories in {@code mount:}. */
    public String token(Map<String, ?> named, Object repository) throws IOException {
        List<Repository> mounts = new ArrayList<>();
        if (named.get("mount") instanceof Iterable<?> many) {
            many.forEach(mount -> mounts.add(Repository.parse(mount.toString())));
        }
        return registry().token(Repository.parse(repository.toString()), Boolean.TRUE.equals(named.get("push")),
                mounts.toArray(Repository[]::new));
    }

    // Checks

    /**
     * What a block would push, save, load and delete, and nothing of it is done: {@code plan { remote('a:1').push('b:1') }}.
     * Tells digests, what becomes of each blob, and how many bytes and requests; {@code .json} tells it to a program.
     */
    public Plan plan(Closure<?> block) throws Exception {
        return session().plan(session().folder(), block::call);
    }

    /**
     * From here on, whatever the script pushes, saves or loads must be as the block wants it: nothing of it is written
     * otherwise. See the verb of an image for the rules.
     */
    public void check(@DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
        check(Map.of(), block);
    }

    /** The same; {@code junit: 'report.xml'} writes what each rule found, as build servers read it. */
    public void check(Map<?, ?> options,
            @DelegatesTo(value = Policy.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block) {
        session().check(Check.of(options, block));
    }

    /** All that is wrong with what a reference to any medium names; of a registry, also with how it serves that. */
    public Findings validate(Object reference) throws IOException {
        return validate(Map.of(), reference);
    }

    /** The same; with {@code fast: true} layers are not read, but only asked for. */
    public Findings validate(Map<?, ?> options, Object reference) throws IOException {
        return at(parsed(reference)).validate(ArtifactVerbs.isFast(options));
    }

    /** All that is wrong with what a reference names, and with how its registry serves it. Reads all its layers. */
    public Findings validateRemote(Object reference) throws IOException {
        return validateRemote(Map.of(), reference);
    }

    /** The same; with {@code fast: true} layers are not read, but only asked for. */
    public Findings validateRemote(Map<?, ?> options, Object reference) throws IOException {
        return registry().validate(Reference.parse(reference.toString()), ArtifactVerbs.isFast(options));
    }

    /** All that is wrong with an archive and the images in it, and between its list for Docker and the one for others. */
    public Findings validateArchive(Object path) throws IOException {
        return validateArchive(Map.of(), path);
    }

    /** The same; with {@code fast: true} layers are not read, but only looked for. */
    public Findings validateArchive(Map<?, ?> options, Object path) throws IOException {
        return Archive.validate(session().resolve(path), ArtifactVerbs.isFast(options));
    }

    /** All that is wrong with an OCI layout directory and the images in it. Reads all its blobs. */
    public Findings validateLayout(Object folder) throws IOException {
        return validateLayout(Map.of(), folder);
    }

    /** The same; with {@code fast: true} layers are not read, but only looked for. */
    public Findings validateLayout(Map<?, ?> options, Object folder) throws IOException {
        return OciLayout.validate(session().resolve(folder), ArtifactVerbs.isFast(options));
    }

    // Comparing

    /** What differs between two images or indexes, or what references name; the same as {@code a.diff(b)}. */
    public Difference diff(Object before, Object after) throws IOException {
        return diff(Map.of(), before, after);
    }

    /** What differs, only in some parts: {@code diff(a, b, only: 'config')}; the same as {@code a.diff(b, only: …)}. */
    public Difference diff(Map<?, ?> options, Object before, Object after) throws IOException {
        return LookVerbs.diff(artifactOf(before), options, artifactOf(after));
    }

    private Artifact artifactOf(Object value) throws IOException {
        return value instanceof Artifact artifact ? artifact : image(value);
    }

    /**
     * What may take the place of what a reference stood for by this digest: the newest tag of the same kind, or what the tag
     * stands for now; {@code stale} tells whether that is something else, {@code difference} what would change.
     */
    public Bump bump(Object reference, Object digest) throws IOException {
        return bump(Map.of(), reference, digest);
    }

    /**
     * The same; only of tags like {@code matching: '12.*'}, or with {@code sameTag: true} of none but its own; with
     * {@code system: true} also those of later releases of its operating system. The difference is of the images for
     * {@code platform:}, of an index linux/amd64 where nothing is said.
     */
    public Bump bump(Map<?, ?> options, Object reference, Object digest) throws IOException {
        return Bump.of(session(), options, Reference.parse(reference.toString()), Digest.parse(digest.toString()));
    }

    /** How large images are, each under its name; what they share is counted once in what each has added. */
    public List<ImageSize> sizes(Map<?, ? extends Artifact> images) throws IOException {
        return sizes(Map.of(), images);
    }

    /** How large images are; with {@code unpacked: true} also what their layers unpack to, which reads them all. */
    public List<ImageSize> sizes(Map<?, ?> options, Map<?, ? extends Artifact> images) throws IOException {
        BlockVerbs.checkOptions(options, List.of("unpacked"));
        Map<String, Artifact> named = new LinkedHashMap<>();
        images.forEach((name, artifact) -> named.put(name.toString(), artifact));
        return Boolean.TRUE.equals(options.get("unpacked")) ? ImageSize.unpacked(named, session().store())
                : ImageSize.of(named);
    }

    // Speaking

    /** Prints a value as indented JSON; also steps, files, packages, sizes and differences. */
    public void printJson(@Nullable Object value) {
        println(new String(Json.writeIndented(JsonForm.of(value)), StandardCharsets.UTF_8));
    }

    /** Prints rows in columns; the alignment has an {@code l} or an {@code r} for each. */
    public void printTable(String alignment, Iterable<? extends Iterable<?>> rows) {
        Table table = new Table(Integer.MAX_VALUE, alignment);
        rows.forEach(row -> table.row((Object[]) ArtifactVerbs.texts(row)));
        table.lines().forEach(this::println);
    }

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
