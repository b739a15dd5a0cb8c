package dev.davit.dsl;

import dev.davit.blob.Blob;
import dev.davit.blob.Digest;
import dev.davit.image.Artifact;
import dev.davit.ref.Reference;
import dev.davit.ref.Repository;
import dev.davit.registry.RegistryException;
import dev.davit.server.RegistryServer;
import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.FromString;
import groovy.transform.stc.SimpleType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is done in registries: copying, naming, listing and deleting. */
public final class RegistryVerbs {

    private RegistryVerbs() {
    }

    // Registry jobs

    /** Copies an image or a whole index, byte for byte, and returns the target by its digest. */
    public static Reference copy(DavitScript self, Object from, Object to) throws IOException {
        return SinkVerbs.push(SourceVerbs.remote(self, from), to);
    }

    /**
     * Copies what a reference to any medium names to another, only for the {@code platform:} if there is one. From a registry to
     * a registry, {@code referrers: true} copies also what refers to it, to the images of an index, and to what refers; and
     * {@code digestTags: true} what has a tag made of their digests, as cosign's signatures have. That is there before the
     * image is.
     */
    public static Place copy(DavitScript self, Map<?, ?> options, Object from, Object to) throws IOException {
        Options said = Options.of(options, "platform", "referrers", "digestTags");
        Artifact artifact = SourceVerbs.image(self, from, said.get("platform"));
        Attaching.copy(self.session(), said, artifact, from, to);
        return SinkVerbs.to(artifact, to);
    }

    /**
     * Attaches files to the image or index that a reference names, as an artifact of this type that refers to it, and returns
     * the artifact by its digest: {@code attach('localhost:5000/site:1', 'sbom.json', type: 'application/spdx+json')}. A file
     * may have its media type after it, as in {@code 'sbom.json:application/json'}. With {@code annotations: [k: 'v']}, and
     * {@code platform:} for the image of an index.
     */
    public static Reference attach(DavitScript self, Map<?, ?> options, Object reference, Object... files) throws IOException {
        return Attaching.attach(self.session(), options, reference, files);
    }

    /**
     * What refers to the image or index that a reference names. Each has a {@code digest}, an {@code artifactType}, a
     * {@code mediaType}, a {@code size} and {@code annotations}, gives its {@code artifact}, and stands for its own reference:
     * {@code referrers('nginx').each { delete it }}.
     */
    public static List<Referrer> referrers(DavitScript self, Object reference) throws IOException {
        return referrers(self, Map.of(), reference);
    }

    /** The same; only those of a {@code type:}, or what refers to the image for a {@code platform:}. */
    public static List<Referrer> referrers(DavitScript self, Map<?, ?> options, Object reference) throws IOException {
        return Attaching.find(self.session(), options, reference);
    }

    /** Changes what a reference to any medium names as the block says, in its place. */
    public static Place change(DavitScript self, Object reference,
            @ClosureParams(value = FromString.class, options = "dev.davit.image.Artifact") Closure<?> block)
            throws IOException {
        return change(self, Map.of(), reference, block);
    }

    /**
     * Changes what a reference to any medium names as the block says, and returns the reference in full with the new digest:
     * {@code change('site:1', platform: 'linux/arm64') { it.withUser('me') }}. In its place, the images for other platforms
     * than those in {@code platform:} stay around it as they are; what was named by its digest is put beside it, by the new
     * one. Where {@code to:} names another place, only what is for these platforms goes there; to a repository in
     * {@code repository:} by its digest alone.
     */
    public static Place change(DavitScript self, Map<?, ?> options, Object reference,
            @ClosureParams(value = FromString.class, options = "dev.davit.image.Artifact") Closure<?> block)
            throws IOException {
        Options said = Options.of(options, "to", "repository", "platform");
        Place from = Place.meant(reference);
        String repository = said.text("repository");
        Object to = said.get("to");
        Object platforms = said.get("platform");
        if (repository == null && (to == null || Place.meant(to).equals(from))) {
            return SourceVerbs.at(self, from).replace(IndexVerbs.within(SourceVerbs.image(self, reference), platforms, block));
        }
        Artifact changed = IndexVerbs.within(SourceVerbs.image(self, reference, platforms), null, block);
        return SinkVerbs.to(changed, repository == null ? to
                : Reference.of(Repository.parse(repository), changed.digest()));
    }

    /** Gives what a reference to any medium names one more tag in its repository; elsewhere than there, one more name. */
    public static Place tag(DavitScript self, Object reference, Object tag) throws IOException {
        Place place = Place.meant(reference);
        if (place.reference().isEmpty()) {
            return SinkVerbs.to(SourceVerbs.image(self, place), place.withTag(tag.toString()));
        }
        Reference from = place.reference().get();
        Reference to = from.withTag(tag.toString());
        Session session = self.session();
        Deliveries.Delivery delivery = () -> session.registry().tag(from, tag.toString());
        if (session.isGated()) {
            session.deliver(to.toString(), session.look(from), delivery);
        } else {
            delivery.run(); // and spares a look at it
        }
        return Place.of(to);
    }

    /**
     * Deletes tags of a repository that as many newer ones of the same kind come after as {@code keep:} says, and returns
     * them with their digests: {@code prune('localhost:5000/site', keep: 3)}. Tags without a version or a date stay, and so
     * does whatever a tag that stays leads to. {@code matching:} says of which tags this is; with {@code dryRun: true}
     * nothing is deleted.
     */
    public static List<Reference> prune(DavitScript self, Map<?, ?> options, Object repository) throws IOException {
        Options said = Options.of(options, "keep", "matching", "dryRun");
        int keep = Math.toIntExact(said.number("keep", 0));
        String matching = said.text("matching");
        if (keep < 1) {
            throw new IllegalArgumentException("malformed keep " + keep + ": expected how many tags of a kind to keep");
        }
        Pruning pruning = new Pruning(self.session().registry(), Repository.parse(repository.toString()));
        Tags all = tags(self, repository);
        List<Reference> old = pruning.old(all, (matching == null ? all : all.matching(matching)).olderThanNewest(keep));
        if (!said.isTrue("dryRun")) {
            pruning.delete(old);
        }
        return old;
    }

    /**
     * Deletes a tag from its registry; or by digest an image or index, and so all its tags. Many registries delete by digest
     * only. From an OCI layout directory, takes what a reference names off the list.
     */
    public static void delete(DavitScript self, Object reference) throws IOException {
        SourceVerbs.at(self, reference).delete();
    }

    /**
     * The tags of a repository, in the registry's order. One may choose by version:
     * {@code tags('redis').matching('7.*-bookworm').newest}; the choices are matching, stable, sameKindAs, newerThan,
     * sorted, versions, newest and oldest.
     */
    public static Tags tags(DavitScript self, Object repository) throws IOException {
        Repository parsed = Repository.parse(repository.toString());
        return new Tags("tags of " + parsed.familiar(), list(self.session().registry().tags(parsed)));
    }

    /** The tags of a repository; none where there is no such repository. */
    public static Tags tagsIfAny(DavitScript self, Object repository) throws IOException {
        try {
            return tags(self, repository);
        } catch (RegistryException e) {
            if (e.status() != 404) {
                throw e;
            }
            return new Tags("tags of " + repository, List.of());
        }
    }

    /**
     * Docker Hub, for what other registries do not tell: {@code hub.search('nginx')}, {@code hub.search('nginx', limit: 50,
     * official: true)} and {@code hub.rateLimit}, the pulls that are left.
     */
    public static DockerHub getHub(DavitScript self) {
        return new DockerHub(self.session().registry().hub());
    }

    /** The repositories of a registry, where it tells them. */
    public static List<String> catalog(DavitScript self, Object host) throws IOException {
        return list(self.session().registry().catalog(host.toString()));
    }

    /** Calls the block with each repository of a registry, while further ones are fetched. */
    public static void catalog(DavitScript self, Object host,
            @ClosureParams(value = SimpleType.class, options = "java.lang.String") Closure<?> block)
            throws IOException {
        try (Stream<String> names = self.session().registry().catalog(host.toString())) {
            names.forEach(name -> Blocks.call(block, name));
        }
    }

    /** Calls the block with each tag of a repository, while further ones are fetched. */
    public static void tags(DavitScript self, Object repository,
            @ClosureParams(value = SimpleType.class, options = "java.lang.String") Closure<?> block)
            throws IOException {
        try (Stream<String> tags = self.session().registry().tags(Repository.parse(repository.toString()))) {
            tags.forEach(tag -> Blocks.call(block, tag));
        }
    }

    /** A repository and all those below it, as far as the registry tells: {@code repositories('localhost:5000/team')}. */
    public static List<Repository> repositories(DavitScript self, Object root) throws IOException {
        try (Stream<Repository> found = self.session().registry().repositories(Repository.parse(root.toString()))) {
            return found.collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /**
     * What a repository holds that no tag leads to, be it by an index or by what it refers to. Google's registries tell that,
     * and others do not.
     */
    public static List<Reference> untagged(DavitScript self, Object repository) throws IOException {
        return new ArrayList<>(self.session().registry().untagged(Repository.parse(repository.toString())));
    }

    /** The tags of its repository that stand for the same as a reference. Asks the registry for each tag there is. */
    public static List<String> tagsOf(DavitScript self, Object reference) throws IOException {
        Reference parsed = Reference.parse(reference.toString());
        Digest digest = parsed.digest().isPresent() ? parsed.digest().get() : self.session().registry().head(parsed).digest();
        return list(self.session().registry().tags(parsed.repository(), digest).stream());
    }

    /** The blob that a reference names by its digest; its bytes are read when it is opened. */
    public static Blob blob(DavitScript self, Object reference) throws IOException {
        Reference parsed = Reference.parse(reference.toString());
        return self.session().registry().blob(parsed.repository(), parsed.digest().orElseThrow(() -> new IllegalArgumentException(
                "malformed blob '" + reference + "': expected REPOSITORY@DIGEST")));
    }

    /** A list that a script may sort and change. */
    private static List<String> list(Stream<String> names) {
        return names.collect(Collectors.toCollection(ArrayList::new));
    }

    /** A registry in this process, in memory, on a free port of this machine; it ends with the script. */
    public static RegistryServer serve(DavitScript self) throws IOException {
        return own(self.session(), RegistryServer.start());
    }

    /** A registry in this process, as the block says; it ends with the script. */
    public static RegistryServer serve(DavitScript self,
            @DelegatesTo(value = RegistryServer.Settings.class, strategy = Closure.DELEGATE_FIRST) Closure<?> block)
            throws IOException {
        Session session = self.session();
        return own(session, RegistryServer.start(settings -> {
            Blocks.run(block, settings);
            if (session.isPlanning()) {
                settings.readOnly();
            }
        }));
    }

    private static RegistryServer own(Session session, RegistryServer registry) {
        session.locking().ifPresent(lock -> lock.serves(registry.address()));
        return session.closing(registry);
    }
}
