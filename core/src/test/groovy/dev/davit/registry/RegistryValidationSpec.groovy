package dev.davit.registry

import static dev.davit.server.Interceptor.Answer

import dev.davit.Samples
import dev.davit.auth.Keychain
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.MediaType
import dev.davit.ref.Reference
import dev.davit.server.RegistryServer
import dev.davit.validate.Crafted
import dev.davit.validate.Validation
import java.time.Duration
import spock.lang.AutoCleanup
import spock.lang.Specification

/** One fault of a registry at a time, and what is said of it. */
class RegistryValidationSpec extends Specification {

    static final Image IMAGE = Samples.image('hello', 'world')
    static final Index INDEX = Index.of([IMAGE, Samples.imageFor('linux/arm64', 'more')])
    static final String LAYER = "blobs/${IMAGE.layerDescriptors()[1].digest()}"
    static final String CHILD = "manifests/${IMAGE.digest()}"

    static final byte[] MANIFEST = IMAGE.manifest().bytes()
    static final byte[] LIST = INDEX.manifest().bytes()
    static final byte[] BYTES = IMAGE.layers()[1].blob().bytes()
    static final byte[] ONE = 'x'.bytes
    static final Map<String, String> INDEX_TYPE = ['Content-Type': MediaType.OCI_INDEX.name()]
    static final Map<String, String> DIGEST = ['Docker-Content-Digest': 'sha256:' + 'a' * 64]

    /** Answers by the method and the end of the path. */
    Map<List<String>, Answer> answers = [:]
    @AutoCleanup
    RegistryServer server = RegistryServer.start { settings ->
        settings.interceptor { method, path, headers ->
            Optional.ofNullable(answers.find { it.key[0] == method && path.endsWith(it.key[1]) }?.value)
        }
    }
    List<String> warnings = []
    @AutoCleanup
    RegistryClient client = RegistryClient.create {
        it.keychain(Keychain.anonymous()).environment([:]).firstWait(Duration.ofMillis(1)).retries(1)
                .warnings(warnings::add)
    }
    Reference name = Reference.parse("${server.address()}/a:x")

    def setup() {
        client.put(name, INDEX)
    }

    private List<String> shortened(List findings) {
        Crafted.shortened(findings)*.replace(server.address(), 'HOST')
    }

    private static Answer served(byte[] bytes, Map<String, String> headers = [:]) {
        new Answer(200, headers, bytes)
    }

    def 'what is served as it was pushed has no findings, and fast asks for no layer'() {
        when:
        int before = server.requests().size()
        def findings = client.validate(name, fast)
        def asked = server.requests().drop(before)*.toString()*.replaceAll('(\\w+) .*/(\\w+)/.*', '$1 $2')

        then:
        findings == []
        findings.notes() == []
        asked.countBy { it } == requests
        Validation.of(client.get(name), fast) == []

        where:
        fast  || requests
        false || ['GET manifests': 3, 'GET blobs': 5]
        true  || ['GET manifests': 3, 'GET blobs': 2, 'HEAD blobs': 3]
    }

    def 'what a registry does wrong is found, and nothing else: #what'() {
        given:
        answers.putAll(faults)

        expect:
        shortened(client.validate(name, false)) == slow
        shortened(client.validate(name, true)) == fast

        where:
        what                         | faults                                          || slow | fast
        'another content type'       | [['GET', CHILD]: served(MANIFEST, ['Content-Type': 'text/plain'])] ||
                ['HOST/a@sha256:ad6983: its mediaType is application/vnd.oci.image.manifest.v1+json, but the ' +
                         'registry serves it as \'text/plain\''] | slow
        'another digest in a header' | [['GET', 'manifests/x']: served(LIST, [*: INDEX_TYPE, *: DIGEST])] ||
                ['HOST/a:x: is sha256:bfcf1e, but the registry says sha256:aaaaaa'] | slow
        'no such name'               | [['GET', 'manifests/x']: Answer.of(404)]        ||
                ['HOST/a:x: GET http://HOST/v2/a/manifests/x: 404 Not Found'] | slow
        'a lost image'               | [['GET', CHILD]: Answer.of(404)]                ||
                ['index sha256:bfcf1e, manifest 0 (sha256:ad6983): GET http://HOST/v2/a/manifests/sha256:ad6983: ' +
                         '404 Not Found'] | slow
        'another image'              | [['GET', CHILD]: served(LIST)]                  ||
                ['index sha256:bfcf1e, manifest 0 (sha256:ad6983): GET http://HOST/v2/a/manifests/sha256:ad6983: ' +
                         'the manifest is not what its digest says: it is sha256:bfcf1e'] | slow
        'a lost layer'               | [['GET', LAYER]: Answer.of(404), ['HEAD', LAYER]: Answer.of(404)] ||
                ['image sha256:ad6983, layer 1 (sha256:1b0354): GET http://HOST/v2/a/blobs/sha256:1b0354: 404 Not Found'] |
                ['image sha256:ad6983, layer 1 (sha256:1b0354): is not there']
        'a layer with other content' | [['GET', LAYER]: served(Crafted.bent(BYTES, 30))] ||
                ['image sha256:ad6983, layer 1 (sha256:1b0354): has other content than its digest says: it is ' +
                         'sha256:610f4f',
                 'image sha256:ad6983, layer 1 (sha256:1b0354): not a tar archive',
                 'image sha256:ad6983, layer 1 (sha256:1b0354): is sha256:edc07d when it is unpacked, but its diff ' +
                         'id says sha256:ec939f'] | []
        'a layer of another size'    | [['GET', LAYER]: served(ONE), ['HEAD', LAYER]: served(ONE)] ||
                ['image sha256:ad6983, layer 1 (sha256:1b0354): GET http://HOST/v2/a/blobs/sha256:1b0354: the answer ' +
                         'has bytes 0 to 1 of a blob that should have 86 bytes'] |
                ['image sha256:ad6983, layer 1 (sha256:1b0354): has 1 bytes, but its descriptor says 86']
        'a layer that breaks off'    | [['GET', LAYER]: served(ONE, ['Content-Length': '86'])] ||
                ['image sha256:ad6983, layer 1 (sha256:1b0354): GET http://HOST/v2/a/blobs/sha256:1b0354: the ' +
                         'connection to localhost ended too early'] | []
        'a registry that is busy'    | [['GET', LAYER]: Answer.of(503), ['HEAD', LAYER]: Answer.of(503)] ||
                ['image sha256:ad6983, layer 1 (sha256:1b0354): GET http://HOST/v2/a/blobs/sha256:1b0354: 503 ' +
                         'Service Unavailable'] |
                ['image sha256:ad6983, layer 1 (sha256:1b0354): HEAD http://HOST/v2/a/blobs/sha256:1b0354: 503 ' +
                         'Service Unavailable']
    }

    def 'a manifest that is malformed is judged all the same'() {
        given:
        def image = new Crafted().tap { layers[0].remove('size'); config.created = '' ; manifest.annotations = 1 }
        def manifest = image.document()
        answers[['GET', 'manifests/x']] = served(manifest.bytes(), ['Content-Type': MediaType.OCI_MANIFEST.name()])
        [*image.layers, image.configDescriptor].each {
            answers[['GET', "blobs/$it.digest".toString()]] = served(image.bytes(it))
        }

        expect:
        shortened(client.validate(name, false)) == [
                'image sha256:e361d0: its annotations are no object of texts',
                'image sha256:e361d0, layer 0: the descriptor of sha256:902b6b has no size, expected 0 or more bytes',
                "image sha256:e361d0, config (sha256:299f28): created is '', expected a time of RFC 3339, such as " +
                        '2026-01-31T12:00:00Z']
    }

    def 'nobody is asked for what is served elsewhere'() {
        given:
        def image = new Crafted().tap { layers[1].mediaType = FOREIGN }
        def manifest = image.document()
        answers[['GET', 'manifests/x']] = served(manifest.bytes(), ['Content-Type': MediaType.OCI_MANIFEST.name()])
        [image.layers[0], image.layers[2], image.configDescriptor].each {
            answers[['GET', "blobs/$it.digest".toString()]] = served(image.bytes(it))
        }

        expect:
        client.validate(name, false) == []
        !server.requests().any { it.path().endsWith(image.layers[1].digest) }
    }
}
