package dev.davit.scripts

import dev.davit.image.Image
import dev.davit.image.Platform
import java.nio.file.Files

/** {@code save}, {@code load}, {@code bundle} and {@code sync}: many images from one place to another. */
class BundleCommandsSpec extends CommandSpecification {

    /** Layers that are decided by their names. */
    String layered(String image, String... names) {
        davit('append', '-t', "REGISTRY/$image", *names.collectMany { ['-f', tar("${it}.tar", it, it)] }).trim()
    }

    List<String> blobs(String archive) {
        def tar = new org.apache.commons.compress.archivers.tar.TarFile(folder.resolve(archive))
        tar.withCloseable { it.entries.findAll { it.file && it.name.startsWith('blobs/') }*.name.collect { it[-64..-1] } }
    }

    def 'save writes an archive to a file or to standard output, and load takes it to where it is told'() {
        expect:
        run('save REGISTRY/both:1 REGISTRY/one:1 -o saved.tar') == ''
        run('load -i saved.tar --to oci:loaded') == "oci:loaded@$BOTH\noci:loaded@$ONE\n"
        run('index list oci:loaded').readLines()*.take(71) == ['Digest'.padRight(71), BOTH, ONE]
        run('load -i saved.tar --to REGISTRY/below') == "REGISTRY/below/both@$BOTH\nREGISTRY/below/one@$ONE\n"
        run('digest REGISTRY/below/both:1') == "$BOTH\n"

        when: 'the saved archive is piped'
        input = Files.readAllBytes(folder.resolve('saved.tar'))

        then:
        run('load --to REGISTRY/piped --platform linux/amd64') == "REGISTRY/piped/both@$ONE\nREGISTRY/piped/one@$ONE\n"
        run('save REGISTRY/both:1 REGISTRY/one:1').replace('REGISTRY', server.address()).bytes == input

        when: 'an archive has one image, maybe without a name'
        run('copy REGISTRY/both:1 archive:one.tar')

        then:
        run('load -i one.tar --tag oci:tagged:v1') == "oci:tagged@$BOTH\n"
        run('load -i one.tar --to REGISTRY') == "! davit load: $BOTH has no name to go by: expected one image, and where it is to go\nexit 1\n"
        run('load -i saved.tar --tag oci:tagged:v1') == '! davit load: --tag is for one image, and there are REGISTRY/both:1, REGISTRY/one:1\nexit 1\n'
        run('load -i ./none.tar --to oci:x') == "! davit load: there is no archive './none.tar'\nexit 1\n"
    }

    def 'save refuses a terminal'() {
        given:
        environment = [DAVIT_TERMINAL: '1']

        expect:
        run('save REGISTRY/one:1') == '! davit save: standard output is a terminal: expected a file or a pipe for an archive\nexit 1\n'
    }

    def 'a bundle has what its images share once, and a later one only what has come since'() {
        given:
        layered('weekly:1', 'a', 'b')
        layered('weekly:2', 'a', 'c')
        layered('weekly:3', 'a', 'b', 'd')
        layered('other:1', 'a', 'd')
        write 'list.txt', "# two\n${server.address()}/weekly:1\n\n${server.address()}/weekly:2 # the other\n"

        expect: 'three layers, two configs, two manifests'
        run('bundle --list list.txt -o monday.tar') == ''
        blobs('monday.tar').size() == 7

        and: 'one layer, a config and a manifest'
        run('bundle REGISTRY/weekly:3 -o friday.tar --since monday.tar') == ''
        blobs('friday.tar').size() == 3

        and: 'what another repository needs is there: it could not see the layers of this one'
        run('bundle REGISTRY/weekly:3 REGISTRY/other:1 -o both.tar --since monday.tar') == ''
        blobs('both.tar').size() == 6

        and: 'the later one goes where the earlier one has gone'
        run('load -i friday.tar --to oci:target').replaceAll(/sha256:\w+/, 'DIGEST') == '! davit load: FOLDER/friday.tar leaves out DIGEST, ' +
                'which the bundle before it has: load that one first, to where this one goes\nexit 1\n'
        run('load -i monday.tar --to oci:target').readLines().size() == 2
        run('load -i friday.tar --to oci:target') == 'oci:target@' + run('digest REGISTRY/weekly:3')
        run('validate oci:target') == 'PASS: oci:target\n'
        run('bundle') == '! davit bundle: nothing to bundle: expected IMAGES or --list\nexit 1\n'
    }

    def 'a bundle without what an earlier one has is refused by a registry that has it not'() {
        given:
        layered('late:0', 'e')
        layered('late:1', 'e', 'f')
        run('bundle REGISTRY/late:1 -o late.tar --since REGISTRY/late:0')
        def other = dev.davit.server.RegistryServer.start()

        expect:
        run("load -i late.tar --to ${other.address()}").contains('late.tar leaves out sha256:174036b096ef1d8dbdf8c0b63b7f097deaddcf44a42533d6691191a91489cc3f')
        run("ls ${other.address()}/late").contains('404')
        run("copy REGISTRY/late:0 ${other.address()}/late:0") == ''
        run("load -i late.tar --to ${other.address()}").replace(other.address(), 'OTHER') == 'OTHER/late@' + run('digest REGISTRY/late:1')

        cleanup:
        other.close()
    }

    def 'sync copies only what is not there, by pattern, and prints it'() {
        given:
        ['7', '7.0.9', '7.0.15', '7.2-rc1', '8.0.1', 'latest'].each { layered("redis:$it", it) }

        expect:
        run('sync REGISTRY/redis REGISTRY/mirror --tags=7.* --dry-run') == 'REGISTRY/mirror/redis:7.0.9\nREGISTRY/mirror/redis:7.0.15\nREGISTRY/mirror/redis:7.2-rc1\n'
        run('ls REGISTRY/mirror/redis').contains('404')
        run('sync REGISTRY/redis REGISTRY/mirror --tags=7.* --stable') == 'REGISTRY/mirror/redis:7.0.9\nREGISTRY/mirror/redis:7.0.15\n'
        run('sync REGISTRY/redis REGISTRY/mirror --tags=7.* --stable') == ''
        run('sync REGISTRY/redis REGISTRY/mirror --newer-than=7.0.9') == 'REGISTRY/mirror/redis:8.0.1\n'
        run('sync -a REGISTRY/redis REGISTRY/mirror') == 'REGISTRY/mirror/redis:latest\nREGISTRY/mirror/redis:7\nREGISTRY/mirror/redis:7.2-rc1\n'

        when: 'a tag moves'
        layered('redis:latest', 'new')

        then:
        run('sync -a REGISTRY/redis REGISTRY/mirror') == 'REGISTRY/mirror/redis:latest\n'
        run('digest REGISTRY/mirror/redis:latest') == run('digest REGISTRY/redis:latest')
    }

    def 'sync goes on after a failure, names each, and tells their number'() {
        given:
        ['1', '2', '3'].each { layered("some:$it", it) }
        put 'some:2', Image.scratch(Platform.parse('linux/arm64'))

        expect:
        run('sync REGISTRY/none:1 none.tar REGISTRY/one:1 REGISTRY/mirror') == '''\
            REGISTRY/mirror/one:1
            ! davit sync: REGISTRY/none:1: HEAD http://REGISTRY/v2/none/manifests/1: 404 Not Found
            ! davit sync: there is no archive 'none.tar'
            ! davit sync: 2 failed
            exit 1
            '''.stripIndent()
        run('sync -q -a REGISTRY/none REGISTRY/some REGISTRY/mirror --platform linux/amd64').replaceAll('(?m): GET .*$', ': …') == '''\
            REGISTRY/mirror/some:1
            REGISTRY/mirror/some:3
            ! davit sync: REGISTRY/none: …
            ! davit sync: REGISTRY/some:2 is an image for linux/arm64, not for linux/amd64
            ! davit sync: 2 failed
            exit 1
            '''.stripIndent()
    }

    def 'sync takes a list, archives and layouts, to a layout too'() {
        given:
        run 'save REGISTRY/one:1 -o one.tar'
        input = "${server.address()}/both:1\none.tar\n".bytes

        expect:
        run('sync --list - oci:mirror') == 'oci:mirror:REGISTRY/both:1\noci:mirror:REGISTRY/one:1\n'
        run('sync --list - oci:mirror') == ''
        run('sync oci:mirror REGISTRY/again') == 'REGISTRY/again/both:1\nREGISTRY/again/one:1\n'
        run('sync oci:mirror REGISTRY/again') == ''
        run('sync REGISTRY/both:1 oci:arm --platform linux/arm64') == 'oci:arm:REGISTRY/both:1\n'
        run('sync REGISTRY/both:1 oci:arm --platform linux/arm64') == ''
        run('digest oci:arm') == "$ARM\n"
    }
}
