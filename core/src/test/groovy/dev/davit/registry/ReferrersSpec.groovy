package dev.davit.registry

import dev.davit.blob.Digest
import dev.davit.blob.Parallel
import dev.davit.edit.ImageEditor
import dev.davit.image.Artifact
import dev.davit.image.Descriptor
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.ref.Reference
import dev.davit.ref.Repository

/** What refers to a manifest, in a registry that keeps lists of that; {@link ReferrersTagSpec} has others. */
class ReferrersSpec extends ClientSpecification {

    static final SBOM = 'application/spdx+json'
    static final SIGNATURE = 'application/vnd.example.signature'

    Repository repository = fresh()
    Image image = Samples.image([])

    Image about(Artifact subject, String type, Map<String, String> annotations = [:]) {
        ImageEditor.edit(Image.artifact(type)) { editor ->
            editor.subject(subject.descriptor())
            annotations.each { key, value -> editor.annotation(key, value) }
        } as Image
    }

    /** Pushes by digest alone. */
    Digest push(Artifact artifact, Repository to = repository) {
        client.put(Reference.of(to, artifact.digest()), artifact)
        artifact.digest()
    }

    List<Descriptor> listed(Artifact subject = image) {
        client.referrers(repository, subject.digest()).toList()
    }

    def 'each is listed with its type and its annotations, whether its subject is there or not'() {
        when:
        push(about(image, SBOM, [tool: 'x']))
        push(about(image, SIGNATURE))

        then:
        listed()*.toString() == [
                'application/vnd.oci.image.manifest.v1+json ' +
                        'sha256:b0751054146bc2650c31f0e8358882cc32869fbd8c797eae4827d4e1274805f9 (467 bytes)',
                'application/vnd.oci.image.manifest.v1+json ' +
                        'sha256:ddbdacf03671dbc1f74ab6749f408f67233d9e90694dc713a9c6dcfd36169d40 (482 bytes)']
        listed()*.artifactType()*.get() == [SIGNATURE, SBOM]
        listed()*.annotations() == [[:], [tool: 'x']]
    }

    def 'those of one type can be asked for'() {
        given:
        def sbom = push(about(image, SBOM))
        push(about(image, SIGNATURE))

        expect:
        client.referrers(repository, image.digest(), SBOM).toList()*.digest() == [sbom]
        client.referrers(repository, image.digest(), 'text/plain').toList() == []
    }

    def 'an artifact that says no type has that of its config, and an index may refer, too'() {
        given:
        def subject = Samples.image([Samples.layer(10, 1)])
        client.put(tagged(repository), subject)
        push(ImageEditor.edit(image) { it.subject(subject.descriptor()) })
        push(ImageEditor.edit(Index.of([])) { it.subject(subject.descriptor()) })

        expect:
        listed(subject)*.artifactType()*.orElse('none').toSorted() == ['application/vnd.oci.image.config.v1+json', 'none']
        listed(subject)*.mediaType()*.isIndex().toSorted() == [false, true]
    }

    def 'nothing refers to what is not known, in a repository that is there or not'() {
        when:
        def before = listed()
        client.put(tagged(repository), image)

        then:
        before == []
        listed() == []
    }

    def 'what is pushed again, or tagged, is listed once'() {
        given:
        def sbom = about(image, SBOM)
        client.put(tagged(repository, 'sbom'), sbom)
        client.tag(tagged(repository, 'sbom'), 'other')
        push(sbom)

        expect:
        listed()*.digest() == [sbom.digest()]
    }

    def 'what is deleted is listed no more, and the last one leaves no trace'() {
        given:
        def sbom = push(about(image, SBOM))
        def signature = push(about(image, SIGNATURE))

        when:
        client.delete(Reference.of(repository, sbom))

        then:
        listed()*.digest() == [signature]

        when:
        client.delete(Reference.of(repository, signature))

        then:
        listed() == []
        tags() == []
    }

    private List<String> tags() {
        try {
            client.tags(repository).toList()
        } catch (RegistryException e) {
            assert e.status() == 404
            []
        }
    }

    def 'many that come at once are all listed'() {
        given:
        def artifacts = (1..12).collect { about(image, SBOM, [number: "$it" as String]) }
        push(artifacts[0]) // and so the config that all have

        when:
        Parallel.of(6).map(artifacts) { push(it) }

        then:
        listed()*.digest() as Set == artifacts*.digest() as Set
    }

    def 'what is attached is found in an index, and to what is attached, each once'() {
        given:
        def index = Samples.index()
        def (amd, arm) = index.images()
        client.put(tagged(repository), index)
        def onIndex = push(about(index, SBOM))
        def onImage = push(about(arm, SBOM))
        def signature = about(about(arm, SBOM), SIGNATURE)
        push(signature)
        client.put(tagged(repository, amd.digest().toString().replace(':', '-') + '.sig'), signature)
        client.put(tagged(repository, 'sha256-' + '0' * 64 + '.sig'), image)

        expect:
        client.attached(repository, index, Attachment.REFERRER)*.identifier() == [onIndex, onImage, signature.digest()]*.toString()
        client.attached(repository, index, Attachment.values())*.identifier() == [onIndex as String,
                amd.digest().toString().replace(':', '-') + '.sig', onImage as String, signature.digest() as String]
        client.attached(repository, index, Attachment.DIGEST_TAG)*.identifier() == [amd.digest().toString().replace(':', '-') + '.sig']
        client.attached(repository, amd, Attachment.REFERRER) == []
        client.attached(repository, index) == []
    }

    def 'it is copied with what it is attached to'() {
        given:
        def target = fresh()
        def index = Samples.index()
        client.put(tagged(repository), index)
        def sbom = push(about(index, SBOM, [a: 'b']))
        def signature = push(about(about(index, SBOM, [a: 'b']), SIGNATURE))

        when:
        client.attached(repository, index, Attachment.REFERRER).each { client.put(it.withRepository(target), client.get(it)) }
        client.put(tagged(target), client.get(tagged(repository)))

        then:
        client.referrers(target, index.digest()).toList()*.annotations() == [[a: 'b']]
        client.referrers(target, sbom).toList()*.digest() == [signature]
    }
}
