package dev.davit.registry

import com.sun.net.httpserver.HttpExchange
import dev.davit.blob.Digest
import dev.davit.image.Descriptor
import dev.davit.image.Image
import dev.davit.image.MediaType

/** The same where the registry knows nothing of referrers. */
class ReferrersTagSpec extends ReferrersSpec {

    @Override
    TestRegistry start() {
        withoutReferrers()
    }

    /** An embedded registry as registries were before they knew of subjects. */
    static TestRegistry withoutReferrers(Closure<Boolean> first = { false }) {
        def behind = TestRegistry.embedded()
        def front = new Front(behind.host).rule(first)
        front.rule { HttpExchange exchange ->
            if (exchange.requestURI.path.contains('/referrers/')) {
                Front.answer(exchange, 404, '404 page not found', ['Content-Type': 'text/plain'])
            } else {
                front.pass(exchange) { exchange.responseHeaders.remove('OCI-Subject') }
            }
            true
        }
        new TestRegistry() {
            String getHost() {
                front.host
            }

            void close() {
                front.close()
                behind.close()
            }
        }
    }

    def 'the list is under a tag made of the digest, sorted, with types and annotations, and what else it says stays'() {
        given:
        push(about(image, SIGNATURE))
        def tag = tagged(repository, image.digest().toString().replace(':', '-'))
        client.put(tag, client.get(tag).withManifest { it.set('somebody', 'annotations', 'kept-by') })

        when:
        push(about(image, SBOM, [tool: 'x']))

        then:
        client.manifest(tag).toString() == '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json",' +
                '"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",' +
                '"digest":"sha256:b0751054146bc2650c31f0e8358882cc32869fbd8c797eae4827d4e1274805f9","size":467,' +
                '"artifactType":"application/vnd.example.signature"},' +
                '{"mediaType":"application/vnd.oci.image.manifest.v1+json",' +
                '"digest":"sha256:ddbdacf03671dbc1f74ab6749f408f67233d9e90694dc713a9c6dcfd36169d40","size":482,' +
                '"artifactType":"application/spdx+json","annotations":{"tool":"x"}}],"annotations":{"kept-by":"somebody"}}'
    }

    def 'a change that somebody overwrites is made again, up to #most times'() {
        given:
        int lost = 0
        def registry = withoutReferrers { HttpExchange exchange ->
            boolean loses = exchange.requestMethod == 'PUT' && exchange.requestURI.path.contains('/sha256-') && lost++ < most
            if (loses) {
                Front.answer(exchange, 201)
            }
            loses
        }
        def target = fresh(registry.host)

        when:
        push(about(image, SBOM), target)

        then:
        client.referrers(target, image.digest()).toList().size() == 1
        lost == most + 1

        cleanup:
        registry.close()

        where:
        most << [1, 9]
    }

    def 'a list that never stays as it was written is given up'() {
        given:
        def registry = withoutReferrers { HttpExchange exchange ->
            boolean loses = exchange.requestMethod == 'PUT' && exchange.requestURI.path.contains('/sha256-')
            if (loses) {
                Front.answer(exchange, 201)
            }
            loses
        }
        def target = fresh(registry.host)

        when:
        push(about(image, SBOM), target)

        then:
        def e = thrown(IOException)
        e.message == "$target:${image.digest().toString().replace(':', '-')}: others overwrite this list of referrers again " +
                'and again'

        cleanup:
        registry.close()
    }

    def 'what is no list of referrers is not overwritten'() {
        given:
        def tag = tagged(repository, image.digest().toString().replace(':', '-'))
        client.put(tag, image)

        when:
        push(about(image, SBOM))

        then:
        def e = thrown(IOException)
        e.message == "$tag is no list of referrers but application/vnd.oci.image.manifest.v1+json"
    }

    def 'the list of a subject with a SHA-512 digest has a tag of the length that tags may have'() {
        given:
        def digest = Digest.parse('sha512:' + 'ab' * 64)
        def sbom = Image.artifact(SBOM).withManifest {
            it.set(Descriptor.of(MediaType.OCI_MANIFEST, digest, 2).tree(), 'subject')
        }

        when:
        push(sbom)

        then:
        client.referrers(repository, digest).toList()*.digest() == [sbom.digest()]
        client.tags(repository).toList() == ['sha512-' + 'ab' * 32]
    }
}
