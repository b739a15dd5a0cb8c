package dev.davit.registry;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.blob.Origin;
import dev.davit.image.Descriptor;
import dev.davit.json.Document;
import dev.davit.json.Json;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.Okio;

/**
 * Registries as they would be after what was written so far: reads go to the registry, writes end here, and what was written is
 * there when it is read. Whatever the client can do can so be tried out, and nothing has to know.
 */
final class Rehearsal {

    /** How a request that only reads is sent. */
    @FunctionalInterface
    interface Sender {
        Response send(Request request, Access access) throws IOException;
    }

    private static final dev.davit.image.MediaType OCI_INDEX = dev.davit.image.MediaType.OCI_INDEX;

    /** Marks a request that only a rehearsal sends: no observer is told. */
    record Unseen() { }

    private record Manifest(byte[] bytes, String mediaType, Digest digest) { }

    /** What was written into a repository, and what was deleted from it. */
    private static final class Held {
        /** By tag and by digest. */
        private final Map<String, Manifest> manifests = new ConcurrentSkipListMap<>();
        private final Map<String, Blob> blobs = new ConcurrentHashMap<>();
        /** The paths of the repositories from which blobs were mounted. */
        private final Map<String, String> mounts = new ConcurrentHashMap<>();
        private final Set<String> gone = ConcurrentHashMap.newKeySet();
    }

    private final Hosts hosts;
    private final Consumer<Write> writes;
    private final Consumer<Exchange> observer;
    private final Map<Repository, Held> held = new ConcurrentHashMap<>();

    Rehearsal(Hosts hosts, Consumer<Write> writes, Consumer<Exchange> observer) {
        this.hosts = hosts;
        this.writes = writes;
        this.observer = observer;
    }

    /** Answers in the registry's place, or lets it answer. What is not known here goes on, and the wire refuses it if it writes. */
    Response answer(Request request, Access access, Sender registry) throws IOException {
        String place = "/v2/" + access.path() + "/";
        String path = request.url().encodedPath();
        int start = path.indexOf(place);
        if (access.path().isEmpty() || start < 0) {
            return registry.send(request, access);
        }
        Repository repository = new Repository(access.registry(), access.path());
        String rest = path.substring(start + place.length());
        String name = rest.substring(rest.lastIndexOf('/') + 1);
        Response response = switch (rest.substring(0, rest.length() - name.length())) {
            case "manifests/" -> manifest(request, access, registry, repository, name);
            case "blobs/" -> blob(request, access, registry, repository, name);
            case "blobs/uploads/" -> upload(request, access, registry, repository);
            case "tags/" -> tags(request, access, registry, repository);
            case "referrers/" -> referrers(request, access, registry, repository, name);
            default -> registry.send(request, access);
        };
        if (!response.isSuccessful()) {
            throw Failures.of(response, "");
        }
        return response;
    }

    private Held in(Repository repository) {
        return held.computeIfAbsent(repository, key -> new Held());
    }

    private Response manifest(Request request, Access access, Sender registry, Repository repository, String name)
            throws IOException {
        Held here = in(repository);
        Manifest manifest = here.manifests.get(name);
        switch (request.method()) {
            case "PUT" -> {
                return put(request, access, registry, repository, name);
            }
            case "DELETE" -> {
                if (manifest == null) {
                    registry.send(request.newBuilder().method("HEAD", null).build(), access).close(); // fails if there is none
                } else {
                    observe(request, 0);
                }
                here.manifests.values().removeIf(other -> name.equals(other.digest().toString()));
                here.manifests.remove(name);
                here.gone.add(name);
                writes.accept(new Write(Write.Kind.DELETE, reference(repository, name), 0, Optional.empty()));
                return response(request, 202).build();
            }
            default -> {
                if (manifest != null) {
                    observe(request, 0);
                    return response(request, 200).header("Content-Type", manifest.mediaType())
                            .header("Content-Length", String.valueOf(manifest.bytes().length))
                            .header("Docker-Content-Digest", manifest.digest().toString())
                            .body(ResponseBody.create(manifest.bytes(), null)).build();
                }
                if (here.gone.contains(name)) {
                    observe(request, 0);
                    return response(request, 404).build();
                }
                Response response = registry.send(request, access);
                if (here.gone.contains(response.header("Docker-Content-Digest", ""))) {
                    response.close(); // a tag of what was deleted by its digest
                    return response(request, 404).build();
                }
                return response;
            }
        }
    }

    private Response put(Request request, Access access, Sender registry, Repository repository, String name) throws IOException {
        byte[] bytes = bytes(request);
        boolean byDigest = name.contains(":");
        Digest digest = byDigest ? Digest.parse(name) : Digest.of(bytes);
        Manifest manifest = new Manifest(bytes, request.header("Content-Type"), digest);
        Held here = in(repository);
        for (String each : new String[] {name, digest.toString()}) {
            here.manifests.put(each, manifest);
            here.gone.remove(each);
        }
        observe(request, bytes.length);
        Reference what = Reference.of(repository, digest);
        writes.accept(new Write(Write.Kind.MANIFEST, byDigest ? what : Reference.of(repository, name).withDigest(digest),
                bytes.length, Optional.empty()));
        Response.Builder response = response(request, 201).header("Docker-Content-Digest", digest.toString());
        Optional<String> subject = Document.parse(bytes, name).text("subject", "digest");
        if (subject.isPresent() && listsReferrers(request, access, registry, repository, subject.get())) {
            response.header("OCI-Subject", subject.get());
        }
        return response.build();
    }

    /** Whether the registry does; a run finds that out as it writes, and need not ask. */
    private boolean listsReferrers(Request request, Access access, Sender registry, Repository repository, String subject)
            throws IOException {
        HttpUrl url = hosts.url(repository.registry()).newBuilder()
                .addPathSegments("v2/" + repository.path() + "/referrers/" + subject).build();
        try (Response response = registry.send(request.newBuilder().url(url).get().tag(Unseen.class, new Unseen()).build(), access)) {
            return Manifests.mediaType(response.header("Content-Type", "")).equals(OCI_INDEX);
        } catch (RegistryException e) {
            if (!Referrers.UNKNOWN.contains(e.status())) {
                throw e;
            }
            return false;
        }
    }

    /** The registry's last page, with those that were written and without those that were deleted. */
    private Response referrers(Request request, Access access, Sender registry, Repository repository, String subject)
            throws IOException {
        Held here = in(repository);
        Response there = registry.send(request, access);
        if (here.manifests.isEmpty() && here.gone.isEmpty()
                || !Manifests.mediaType(there.header("Content-Type", "")).equals(OCI_INDEX)) {
            return there;
        }
        Response.Builder response = response(request, 200).header("Content-Type", OCI_INDEX.name());
        Map<Digest, Descriptor> found = new LinkedHashMap<>();
        Document page;
        try (there) {
            page = Document.parse(Bodies.whole(there, Bodies.LARGEST_DOCUMENT), "the referrers of " + subject);
            there.headers("Link").forEach(link -> response.addHeader("Link", link));
        }
        Descriptor.parseAll(page, "manifests", request.url().toString()).forEach(one -> found.put(one.digest(), one));
        if (there.headers("Link").isEmpty()) {
            for (Manifest manifest : here.manifests.values()) {
                Document document = Document.parse(manifest.bytes(), manifest.digest().toString());
                if (document.text("subject", "digest").equals(Optional.of(subject))) {
                    found.put(manifest.digest(), ReferrersTag.referrer(document,
                            new dev.davit.image.MediaType(manifest.mediaType()), manifest.digest()));
                }
            }
        }
        found.keySet().removeIf(digest -> here.gone.contains(digest.toString()));
        Document listed = page.edit(tree -> tree.set(found.values().stream().map(Descriptor::tree).toList(), "manifests"));
        return response.body(ResponseBody.create(listed.bytes(), null)).build();
    }

    private Response blob(Request request, Access access, Sender registry, Repository repository, String name)
            throws IOException {
        Held here = in(repository);
        Blob blob = here.blobs.get(name);
        String source = here.mounts.get(name);
        if (blob != null) {
            observe(request, 0);
            boolean head = request.method().equals("HEAD");
            return response(request, 200).header("Content-Length", String.valueOf(blob.size()))
                    .body(head ? ResponseBody.create(new byte[0], null) : new Opened(blob)).build();
        }
        if (source != null) {
            HttpUrl url = HttpUrl.get(request.url().toString().replace("/" + access.path() + "/blobs/", "/" + source + "/blobs/"));
            return answer(request.newBuilder().url(url).build(), Access.pull(new Repository(access.registry(), source)), registry);
        }
        return registry.send(request, access);
    }

    private Response upload(Request request, Access access, Sender registry, Repository repository) throws IOException {
        HttpUrl url = request.url();
        String mount = url.queryParameter("mount");
        String from = url.queryParameter("from");
        String digest = url.queryParameter("digest");
        if (request.method().equals("POST")) {
            observe(request, 0);
            if (mount != null && from != null) {
                Repository source = new Repository(access.registry(), from);
                in(repository).mounts.put(mount, from);
                writes.accept(new Write(Write.Kind.MOUNT, reference(repository, mount), 0, Optional.of(source)));
                return response(request, 201).build();
            }
            return response(request, 202).header("Location", url.newBuilder().query(null).addPathSegment("rehearsal").build()
                    .encodedPath()).build();
        }
        RequestBody body = request.body();
        if (!request.method().equals("PUT") || digest == null || body == null) {
            return registry.send(request, access);
        }
        Blob blob = body instanceof StreamedBody streamed && streamed.blob() != null ? streamed.blob() : Blob.of(bytes(request));
        in(repository).blobs.put(digest, blob);
        if (blob.origin().isPresent()) {
            Origin origin = blob.origin().get();
            HttpUrl source = hosts.url(origin.registry()).newBuilder()
                    .addPathSegments("v2/" + origin.repository() + "/blobs/" + digest).build();
            observe(new Request.Builder().url(source).build(), 0);
        }
        observe(request, blob.size());
        writes.accept(new Write(Write.Kind.UPLOAD, reference(repository, digest), blob.size(), Optional.empty()));
        return response(request, 201).build();
    }

    /** The registry's last page, with the tags that were written and without those that were deleted. */
    private Response tags(Request request, Access access, Sender registry, Repository repository) throws IOException {
        Held here = in(repository);
        if (here.manifests.isEmpty() && here.gone.isEmpty()) {
            return registry.send(request, access);
        }
        SortedSet<String> written = new TreeSet<>(here.manifests.keySet());
        written.removeIf(name -> name.contains(":"));
        Map<String, Object> page = new LinkedHashMap<>();
        SortedSet<String> tags = new TreeSet<>();
        Response.Builder response = response(request, 200);
        try (Response there = registry.send(request, access)) {
            tags.addAll(Document.parse(Bodies.whole(there, Bodies.LARGEST_DOCUMENT), "the tags of " + repository).texts("tags"));
            there.headers("Link").forEach(link -> response.addHeader("Link", link));
            if (there.headers("Link").isEmpty()) {
                tags.addAll(written);
            }
        } catch (RegistryException e) {
            if (e.status() != 404 || written.isEmpty()) {
                throw e;
            }
            tags.addAll(written);
        }
        tags.removeAll(here.gone);
        page.put("name", repository.path());
        page.put("tags", tags);
        return response.body(ResponseBody.create(Json.write(page), null)).build();
    }

    private static Reference reference(Repository repository, String name) {
        return name.contains(":") ? Reference.of(repository, Digest.parse(name)) : Reference.of(repository, name);
    }

    private static byte[] bytes(Request request) throws IOException {
        Buffer buffer = new Buffer();
        RequestBody body = request.body();
        if (body != null) {
            body.writeTo(buffer);
        }
        return buffer.readByteArray();
    }

    /** Tells of a request that a run would send. */
    private void observe(Request request, long sent) {
        observer.accept(new Exchange(request.method(), Redaction.of(request.url()), 0, sent, 0, 0));
    }

    private static Response.Builder response(Request request, int status) {
        return new Response.Builder().request(request).protocol(Protocol.HTTP_1_1).code(status).message("");
    }

    /** A blob that was written, opened when somebody reads it. */
    private static final class Opened extends ResponseBody {

        private final Blob blob;
        private final BufferedSource source;

        Opened(Blob blob) throws IOException {
            this.blob = blob;
            this.source = Okio.buffer(Okio.source(blob.open()));
        }

        @Override
        public MediaType contentType() {
            return MediaType.get("application/octet-stream");
        }

        @Override
        public long contentLength() {
            return blob.size();
        }

        @Override
        public BufferedSource source() {
            return source;
        }
    }
}
