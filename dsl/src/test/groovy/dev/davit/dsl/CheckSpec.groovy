package dev.davit.dsl

import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Shared

class CheckSpec extends ScriptSpecification {

    @Shared @AutoCleanup RegistryServer registry = RegistryServer.start()

    def 'an image that passes its check goes on'() {
        expect:
        evaluate('''
            scratch().withUser('web').withLabel('a', 'b').check {
                notRoot()
                sizeBelow '1 kB'
                labels 'a'
                rule('has no shell') { image -> !image.files.any { it.path.endsWith('/sh') } }
                rule('has no shell by list') { it.files.findAll { it.path.endsWith('/sh') } }
            }.config.user''') == 'web'
    }

    def 'an image that fails a check is not pushed, and all that is wrong is told at once'() {
        given:
        def script = """\
            scratch().append { text '/bin/sh', '', mode: 04755 }.check {
                notRoot()
                noSetuid()
                rule('no shell') { image -> image.files.findAll { it.path.endsWith('/sh') } }
                rule('asserts') { assert it.layers.size() == 5 }
                sizeBelow '1 GiB'
            }.push('${registry.address()}/a:1')
            """.stripIndent()

        expect:
        failure(script).replaceAll(/sha256:\w+/, 'D') == '''\
            error: image D is not as it must be:
              notRoot: image for linux/amd64: says no user, so it runs as root
              noSetuid: image for linux/amd64, layer 0 (D), /bin/sh: runs with the rights of its owner or group, mode 04755
              no shell: image for linux/amd64, layer 0 (D), /bin/sh: must not be so
              asserts: image for linux/amd64: assert it.layers.size() == 5
              --> test.groovy:1:54
               |
             1 | scratch().append { text '/bin/sh', '', mode: 04755 }.check {
               |                                                      ^^^^^'''.stripIndent()
        evaluate("exists('${registry.address()}/a:1')") == false
    }

    def 'a check of the script is for all that it hands on from there, and before anything is written'() {
        when:
        def report = failure("check { notRoot() }\nscratch().withUser('1').push('${registry.address()}/b:1')\n$statement"
                .replace('REGISTRY', registry.address()))

        then:
        report.startsWith("error: $place is not as it must be:\n  notRoot: ".replace('REGISTRY', registry.address()))
        evaluate("exists('${registry.address()}/b:1')") == true
        evaluate("exists('${registry.address()}/b:2')") == false
        Files.list(folder).withCloseable { it*.fileName*.toString() } - 'cache' == []

        where:
        statement                             || place
        "scratch().push('REGISTRY/b:2')"      || 'REGISTRY/b:2'
        "scratch().save('a.tar', 'b:2')"      || 'archive:a.tar:b:2'
        "scratch().to('oci:layout:2')"        || 'oci:layout:2'
    }

    def 'what is found is written for build servers, whether it passes or not'() {
        when:
        failure("""
            check(junit: 'report.xml') { notRoot() }
            check(junit: 'report.xml') { sizeBelow '1 MB' }
            scratch().withUser('1').push('${registry.address()}/c:1')
            scratch().push('${registry.address()}/c:2')
            """)

        then:
        (Files.readString(folder.resolve('report.xml')) =~ /c:(\d)" tests="(\d)" failures="(\d)"/).collect { it.drop(1) } ==
                [['1', '2', '0'], ['2', '1', '1']]
    }

    def 'sizes are said as people say them'() {
        expect:
        Size.parse(text) == bytes

        where:
        text      || bytes
        '200'     || 200
        '200 MB'  || 200_000_000
        '1.5GiB'  || 1_610_612_736
        '3k'      || 3000
        '2 TB'    || 2_000_000_000_000
    }

    def 'what is no rule and no size is told'() {
        expect:
        failure(script).startsWith("error: $message")

        where:
        script                                  || message
        'scratch().check { }'                   || "check: there is no rule in it; say one, such as notRoot()"
        'scratch().check { notRot() }'          || "the check block has no 'notRot'; did you mean 'notRoot'?"
        "scratch().check { sizeBelow 'small' }" || "malformed size 'small': expected a number of bytes, or such as 200 MB or 1.5 GiB"
        "scratch().check { rule('x') { 1 } }"   || "image sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105 is not as it must be:\n  x: image for linux/amd64: rule 'x' must give true where all is well, or a list of what offends, not 1"
    }
}
