package dev.davit.daemon

import dev.davit.Peers
import dev.davit.Samples
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.MediaType
import spock.lang.AutoCleanup
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification

@Requires(value = { Peers.has('podman') }, reason = 'podman is not installed')
class PodmanSpec extends Specification {

    @Shared @AutoCleanup
    PodmanService podman
    @AutoCleanup
    Daemon daemon

    def setupSpec() {
        podman = PodmanService.start()
    }

    def setup() {
        daemon = podman.connect()
    }

    /** What Podman's own command says. */
    private String podman(Object... arguments) {
        Peers.run('podman', '--remote', '--url', "unix://$podman.socket", *arguments)
    }

    def 'Podman takes an image under its name, and gives it back: #kind'() {
        given:
        def image = Samples.image("$kind", 'world').withManifest {
            it.set(kind, 'mediaType')
        }

        when:
        daemon.put('app:v1', image)
        def back = daemon.get('app:v1') as Image

        then:
        back.config().document() == image.config().document()
        back.layers()*.diffId() == image.layers()*.diffId()
        back.layers()*.uncompressed()*.bytes == image.layers()*.uncompressed()*.bytes
        daemon.get(image.configDescriptor().digest().toString()) == back
        podman('images', '--no-trunc', '--quiet', 'docker.io/library/app:v1').trim() ==
                image.configDescriptor().digest().toString()
        daemon.images().findAll { it.id() == image.configDescriptor().digest() }*.names() == [['app:v1']]

        where:
        kind << [MediaType.OCI_MANIFEST, MediaType.DOCKER_MANIFEST]*.name()
    }

    def 'Podman takes the image of an index for its platform'() {
        given:
        def architectures = ['amd64', 'arm64', 's390x', 'ppc64le', 'riscv64']
        def index = Index.of(architectures.collect { Samples.imageFor("linux/$it", it) })

        when:
        daemon.put('localhost:5000/many/of:them', index)

        then:
        def architecture = podman('info', '--format', '{{.Version.OsArch}}').trim().split('/')[1]
        daemon.get('localhost:5000/many/of:them').platform().architecture() == architecture
    }

    def 'Podman names what it has, and lets a name go'() {
        given:
        daemon.put('one:v1', Samples.image('one'))

        when:
        daemon.put('two:v2', Samples.image('one'))
        daemon.tag('two:v2', 'ghcr.io/a/three')
        daemon.delete('one:v1')

        then:
        daemon.images().find { it.id() == Samples.image('one').configDescriptor().digest() }.names().toSorted() ==
                ['ghcr.io/a/three:latest', 'two:v2']

        when:
        daemon.get('one:v1')

        then:
        def e = thrown(DaemonException)
        e.status() == 404
    }

    def 'Podman takes an image without a name'() {
        given:
        def image = Samples.image('nameless')

        when:
        daemon.put('', image)

        then:
        daemon.images().find { it.id() == image.configDescriptor().digest() }.names() == []
        daemon.get(image.configDescriptor().digest().toString()).layers()*.diffId() == image.layers()*.diffId()
    }
}
