package dev.davit.registry;

import dev.davit.blob.Digest;
import dev.davit.image.Descriptor;
import dev.davit.image.MediaType;
import dev.davit.ref.Repository;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import okhttp3.HttpUrl;

/**
 * What refers to a manifest: signatures, lists of parts and the like.
 *
 * @see <a href="https://github.com/opencontainers/distribution-spec/blob/main/spec.md#listing-referrers">Referrers</a>
 */
final class Referrers {

    /** How registries answer that do not know the question. */
    static final List<Integer> UNKNOWN = List.of(400, 404, 405, 406);

    private final Transport transport;
    private final Manifests manifests;

    Referrers(Transport transport, Manifests manifests) {
        this.transport = transport;
        this.manifests = manifests;
    }

    Stream<Descriptor> of(Repository repository, Digest subject) throws IOException {
        return list(repository, subject, Optional.empty());
    }

    /** Those of this type; a registry may have left out others already. */
    Stream<Descriptor> of(Repository repository, Digest subject, String artifactType) throws IOException {
        return list(repository, subject, Optional.of(artifactType))
                .filter(descriptor -> descriptor.artifactType().equals(Optional.of(artifactType)));
    }

    private Stream<Descriptor> list(Repository repository, Digest subject, Optional<String> type) throws IOException {
        HttpUrl.Builder url = transport.url(repository.registry(),
                "v2/" + repository.path() + "/referrers/" + subject).newBuilder();
        type.ifPresent(wanted -> url.addQueryParameter("artifactType", wanted));
        String accept = MediaType.OCI_INDEX.name();
        Access access = Access.pull(repository);
        try {
            Transport.Answer answer = transport.get(url.build(), accept, access);
            // A registry that shows people a page wherever it has nothing else does not know the question, either.
            if (Manifests.mediaType(answer.mediaType()).equals(MediaType.OCI_INDEX)) {
                return Pages.of(transport, access, accept, answer,
                        (page, place) -> Descriptor.parseAll(page, "manifests", place));
            }
        } catch (RegistryException e) {
            if (!UNKNOWN.contains(e.status())) {
                throw e;
            }
        }
        return new ReferrersTag(manifests, repository, subject).list().stream();
    }
}
