package dev.davit.validate

import static dev.davit.Peers.run

import dev.davit.Peers
import dev.davit.archive.Archive
import dev.davit.image.Image
import dev.davit.image.MediaType
import dev.davit.layout.OciLayout
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Requires
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** Nothing is wrong with what other tools make of a root file system with links, modes and whiteouts. */
@Requires(value = { ['umoci', 'skopeo', 'buildah'].every { Peers.has(it) } }, reason = 'needs umoci, skopeo and buildah')
class PeersValidationSpec extends Specification {

    @Shared @TempDir Path folder

    def setupSpec() {
        def root = Files.createDirectories(folder.resolve('root'))
        run 'sh', '-c', 'cd "$1" && mkdir -p etc usr/bin tmp && ln -s usr/bin bin && echo a > usr/bin/a && ln usr/bin/a etc/b' +
                ' && chmod 1777 tmp && chmod 4755 usr/bin/a && seq 100000 > etc/numbers && tar cf ../base.tar .' +
                ' && rm etc/numbers && mkdir etc/.wh && touch etc/.wh.numbers && tar cf ../top.tar etc/.wh.numbers', 'sh', root
        def image = "$folder/umoci:v1"
        run 'umoci', 'init', '--layout', folder.resolve('umoci')
        run 'umoci', 'new', '--image', image
        run 'umoci', 'raw', 'add-layer', '--image', image, folder.resolve('base.tar')
        run 'umoci', 'config', '--image', image, '--config.cmd', 'bash', '--config.label', 'a=b'
        run 'umoci', 'raw', 'add-layer', '--image', image, folder.resolve('top.tar')
    }

    def 'umoci'() {
        expect:
        OciLayout.validate(folder.resolve('umoci'), fast) == []

        where:
        fast << [false, true]
    }

    def 'skopeo, into #form'() {
        given:
        def target = folder.resolve(form)
        run 'skopeo', 'copy', '--quiet', *options, "oci:$folder/umoci:v1", "$transport:$target:app:v1"

        expect:
        [false, true].every { fast ->
            (Files.isDirectory(target) ? OciLayout.validate(target, fast) : Archive.validate(target, fast)) == []
        }

        where:
        form             | transport        | options
        'oci'            | 'oci'            | []
        'oci-zstd'       | 'oci'            | ['--dest-compress-format=zstd']
        'oci-archive'    | 'oci-archive'    | []
        'docker-archive' | 'docker-archive' | []
    }

    def 'zstd is what it says'() {
        expect:
        (OciLayout.open(folder.resolve('oci-zstd')).get('') as Image).layerDescriptors()*.mediaType().unique() ==
                [new MediaType('application/vnd.oci.image.layer.v1.tar+zstd')]
    }

    def 'buildah, in the family of #format, into #form'() {
        given:
        def storage = ['--root', "$folder/store", '--runroot', "$folder/run", '--storage-driver', 'vfs']
        def target = folder.resolve("buildah-$format-$form")
        run 'skopeo', 'copy', '--quiet', "oci:$folder/umoci:v1", "docker-archive:$target-source:app:v1"
        run 'buildah', *storage, 'pull', "docker-archive:$target-source"
        def id = run('buildah', *storage, 'images', '--quiet', '--no-trunc').readLines()[0].trim()

        when:
        run 'buildah', *storage, 'push', '--format', format, id, "$form:$target:app:v1"

        then:
        [false, true].every { fast ->
            (Files.isDirectory(target) ? OciLayout.validate(target, fast) : Archive.validate(target, fast)) == []
        }

        where:
        format | form
        'oci'  | 'oci'
        'oci'  | 'oci-archive'
        'v2s2' | 'docker-archive'
    }
}
