package dev.davit.daemon;

import dev.davit.archive.Archive;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.image.Descriptor;
import dev.davit.image.Image;
import dev.davit.image.Index;
import dev.davit.image.MediaType;
import dev.davit.image.Platform;
import dev.davit.image.Sink;
import dev.davit.image.Source;
import dev.davit.json.Document;
import dev.davit.json.Json;
import dev.davit.ref.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import okhttp3.HttpUrl;
import okhttp3.Response;

/**
 * A Docker or Podman engine and the images that it keeps. One may be shared between threads; close it at the end.
 *
 * <p>Names are what the engine makes of them: {@code nginx}, {@code nginx:1.21}, {@code docker.io/library/nginx:1.21},
 * {@code repository@sha256:…}, an ID in full or its beginning.
 *
 * @see <a href="https://docs.docker.com/reference/api/engine/">Docker Engine API</a>
 */
public final class Daemon implements Source, Sink, AutoCloseable {

    /** How an engine says that it stores images with their manifests, and indexes, as they are. */
    private static final List<String> CONTAINERD = List.of("driver-type", "io.containerd.snapshotter.v1");

    private final Engine engine;
    private final Map<Digest, Image> known = new ConcurrentHashMap<>();
    private final Queue<Archive> archives = new ConcurrentLinkedQueue<>();

    private Daemon(Engine engine) {
        this.engine = engine;
    }

    /**
     * The engine that these variables name: {@code DOCKER_HOST} ({@code unix:///PATH}, {@code tcp://HOST:PORT},
     * {@code http://…}, {@code https://…}), with TLS where {@code DOCKER_TLS_VERIFY} is set, by the files in
     * {@code DOCKER_CERT_PATH}; or {@code CONTAINER_HOST}; or docker's current context. Where nothing is named, it is the
     * first that answers at one of the sockets that Docker and Podman use. It is reached without a proxy.
     *
     * @throws IOException if there is no engine; says where it was looked for
     * @throws IllegalArgumentException if an address is malformed, or is one of SSH
     */
    public static Daemon connect(Map<String, String> environment) throws IOException {
        Endpoints endpoints = new Endpoints(environment);
        Optional<Endpoint> chosen = endpoints.chosen();
        return chosen.isPresent() ? new Daemon(new Engine(chosen.get())) : connect(endpoints.usual());
    }

    static Daemon connect(List<Path> sockets) throws IOException {
        List<String> tried = new ArrayList<>();
        for (Path socket : sockets) {
            String why = "";
            if (Files.exists(socket)) {
                try {
                    return new Daemon(new Engine(Endpoint.of(socket)));
                } catch (DaemonException e) {
                    why = " (" + e.reason() + ")";
                }
            }
            tried.add(socket + why);
        }
        throw new IOException("no Docker or Podman engine answers at " + String.join(", ", tried)
                + "; start one, or say in DOCKER_HOST where it is");
    }

    /**
     * The image of this name. It is fetched whole, into a temporary file that goes when this is closed; the same image is
     * fetched once.
     *
     * <p>An engine that stores images as containerd does gives what was pulled or loaded, manifest and all, and so an index
     * where the name stands for one. Of an index it may have some platforms only: the others fail when they are asked for.
     * Other engines keep the config and unpacked layers, and forget the manifest: the image then gets one over these, and
     * its digest is not that of the image that was pulled.
     *
     * @throws DaemonException with status 404 if there is no such image
     */
    @Override
    public Artifact get(String name) throws IOException {
        Digest id = LocalImage.id(inspect(name), engine.place());
        Image fetched = known.get(id);
        if (fetched != null) {
            return fetched;
        }
        // By its ID: the name alone may stand for all tags of a repository, or for another image by now.
        Artifact artifact = fetch(id, "image " + name + " of " + engine.place());
        if (artifact instanceof Image image) {
            known.put(id, image);
        }
        return artifact;
    }

    /** Podman would convert an OCI image to Docker's form, and cannot where layers were packed by zstd. */
    private HttpUrl saving(Digest id) throws IOException {
        Optional<HttpUrl.Builder> own = engine.own("images/" + id);
        if (own.isPresent()) {
            String type = engine.object(own.get().addPathSegment("json").build()).text("ManifestType").orElse("");
            if (type.equals(MediaType.OCI_MANIFEST.name())) {
                return engine.own("images/" + id + "/get").orElseThrow().addQueryParameter("format", "oci-archive").build();
            }
        }
        return engine.url("images/" + id + "/get").build();
    }

    private Artifact fetch(Digest id, String place) throws IOException {
        Archive archive;
        try (Response response = engine.download(saving(id))) {
            archive = Archive.read(response.body().byteStream(), place);
        }
        try {
            Artifact artifact = archive.get("");
            boolean same = artifact.digest().equals(id)
                    || artifact instanceof Image image && image.configDescriptor().digest().equals(id);
            if (!same) {
                throw new IOException(place + " has the ID " + id + ", but what the engine sent is " + artifact);
            }
            archives.add(archive);
            return artifact;
        } catch (IOException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /**
     * Loads an image under this name, or under none for empty text; streamed, without a temporary file. If the engine has
     * the image already, it only gets the name. The name changes only when the whole image is there.
     *
     * <p>Of an index, an engine that stores images as containerd does gets all of it, any other only the image for the
     * engine's own platform.
     *
     * @return what the engine was given: of an index maybe one image
     * @throws IllegalArgumentException if the name is malformed or has a digest, if it is no container image, or if an
     *                                  index has no image for the engine
     */
    @Override
    public Descriptor put(String name, Artifact artifact) throws IOException {
        Optional<Reference> tag = name.isEmpty() ? Optional.empty() : Optional.of(tag(name));
        boolean containerd = isContainerd();
        Artifact chosen = artifact instanceof Index && !containerd ? artifact.platform(platform()) : artifact;
        for (Image image : chosen.images()) {
            check(image);
        }
        Digest id = containerd || !(chosen instanceof Image image) ? chosen.digest() : image.configDescriptor().digest();
        // Of an index that is there, platforms may be missing.
        if (!(chosen instanceof Image) || !has(id)) {
            engine.upload(engine.url("images/load").addQueryParameter("quiet", "1").build(), new LoadBody(chosen));
            if (!has(id)) {
                throw new IOException(engine.place() + " was given the image " + id + ", and does not have it");
            }
        }
        if (tag.isPresent()) {
            tag(id.toString(), tag.get());
        }
        return chosen.descriptor();
    }

    private static void check(Image image) {
        if (!image.isContainerImage()) {
            throw new IllegalArgumentException(image + " is an artifact with the config "
                    + image.configDescriptor().mediaType() + ": expected a container image");
        }
        if (!image.layerDescriptors().stream().allMatch(layer -> layer.mediaType().isDistributable())) {
            throw new IllegalArgumentException(image + " has layers that only their owner may serve: expected an image "
                    + "with all its layers");
        }
    }

    /** Gives an image one more name. */
    public void tag(String from, String to) throws IOException {
        tag(path(from), tag(to));
    }

    private void tag(String from, Reference to) throws IOException {
        HttpUrl url = engine.url("images/" + from + "/tag").addQueryParameter("repo", to.repository().familiar())
                .addQueryParameter("tag", to.identifier()).build();
        engine.tell("POST", url);
    }

    /** Removes a name, and with its last name the image, unless a container uses it. */
    public void delete(String name) throws IOException {
        engine.tell("DELETE", engine.url("images/" + path(name)).build());
    }

    /** The images that people see, in the engine's order, which is most often the newest first. */
    public List<LocalImage> images() throws IOException {
        if (!(engine.value(engine.url("images/json").build()) instanceof List<?> entries)) {
            throw new IOException(engine.place() + " lists its images in a form that is not known");
        }
        List<LocalImage> images = new ArrayList<>();
        for (Object entry : entries) {
            images.add(LocalImage.of(Document.parse(Json.write(entry), "image"), engine.place()));
        }
        return images;
    }

    /** Whether there is an image of this name or ID. */
    public boolean has(String name) throws IOException {
        try {
            inspect(name);
            return true;
        } catch (DaemonException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private boolean has(Digest id) throws IOException {
        try {
            return LocalImage.id(inspect(id.toString()), engine.place()).equals(id);
        } catch (DaemonException e) {
            if (e.status() == 404) {
                return false;
            }
            throw e;
        }
    }

    private Document inspect(String name) throws IOException {
        return engine.object(engine.url("images/" + path(name) + "/json").build());
    }

    /** The name as it stands in a path; one without a tag stays so, for it may be the beginning of an ID. */
    private static String path(String name) {
        if (name.startsWith("sha256:")) {
            return Digest.parse(name).toString();
        }
        Reference reference = Reference.parse(name);
        boolean bare = name.indexOf('@') < 0 && name.lastIndexOf(':') <= name.lastIndexOf('/');
        return bare ? reference.repository().familiar() : reference.familiar();
    }

    private static Reference tag(String name) {
        Reference reference = Reference.parse(name);
        if (reference.digest().isPresent()) {
            throw new IllegalArgumentException("malformed name '" + name + "' for an image of an engine: expected "
                    + "REPOSITORY[:TAG], without a digest");
        }
        return reference;
    }

    private boolean isContainerd() throws IOException {
        return engine.object(engine.url("info").build()).get("DriverStatus").filter(status ->
                status instanceof List<?> list && list.contains(CONTAINERD)).isPresent();
    }

    private Platform platform() throws IOException {
        Document version = engine.object(engine.url("version").build());
        return Platform.of(version.text("Os").orElse("linux"), version.text("Arch").orElse(""));
    }

    /** Refuses, from now on and before anything is sent, all that could change something in the engine. */
    public Daemon readOnly() {
        engine.readOnly();
        return this;
    }

    /** Ends what this thread sends and receives; its call fails. */
    public void cancel(Thread thread) {
        engine.cancel(thread);
    }

    /** Ends what is under way, and removes the temporary files: layers of images that came from here cannot be read on. */
    @Override
    public void close() throws IOException {
        engine.close();
        for (Archive archive = archives.poll(); archive != null; archive = archives.poll()) {
            archive.close();
        }
    }
}
