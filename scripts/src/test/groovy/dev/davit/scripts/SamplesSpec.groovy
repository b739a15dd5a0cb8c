package dev.davit.scripts

import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared

/** Every sample runs, and what it makes has the same digest on every machine. */
class SamplesSpec extends RunnerSpecification {

    static final SAMPLES = Path.of(System.getProperty('davit.root'), 'samples')

    @Shared @AutoCleanup RegistryServer registry = RegistryServer.start()

    def setup() {
        write 'base.groovy', """
            println scratch().append {
                text '/etc/os-release', 'PRETTY_NAME="Tiny Linux"\\n'
                text '/usr/bin/su', 'su', mode: 04755
            }.push('${registry.address()}/base:1')
            """
        davit 'base.groovy'
    }

    def 'each sample is run here'() {
        expect:
        Files.list(SAMPLES).withCloseable { it*.fileName*.toString().findAll { it.endsWith('.groovy') }.toSorted() } ==
                ['airgap.groovy', 'davit.groovy', 'files.groovy', 'hardened.groovy', 'hello.groovy', 'jar.groovy',
                 'layered.groovy', 'rebase.groovy', 'site.groovy', 'tool.groovy']
    }

    def 'hello'() {
        expect:
        davit(SAMPLES.resolve('hello.groovy')) == '''\
            drwxr-xr-x 0:0 0 1970-01-01T00:00:00Z /etc
            -rw-r--r-- 0:0 17 1970-01-01T00:00:00Z /etc/motd
            drwxr-xr-x 0:0 0 1970-01-01T00:00:00Z /srv
            drwxr-xr-x 0:0 0 1970-01-01T00:00:00Z /srv/hello
            -rw-r--r-- 0:0 6 1970-01-01T00:00:00Z /srv/hello/greeting.txt
            Ahoy!
            sha256:f01dfe9d1c6a0017224f1e3871b77bf7d441035d7180ececa871a6d530e31868
            '''.stripIndent()
    }

    def 'site'() {
        expect:
        davit(SAMPLES.resolve('site.groovy'), '--base', "${registry.address()}/base:1", '--to', "${registry.address()}/site:1.0") ==
                "${registry.address()}/site@sha256:5526be4cefc5102b6385382eed28d160f060a2300a163734ac14394d392682bf\n"
    }

    def 'files'() {
        expect:
        davit(SAMPLES.resolve('files.groovy'), "${registry.address()}/base:1", '--top', 1) == '''\
            system   "Tiny Linux"
            files    5
            largest
                      25  /etc/os-release
            setuid
              /usr/bin/su
            '''.stripIndent()
    }

    def 'jar'() {
        given:
        write 'build/app.jar', 'a jar'

        expect:
        davit(SAMPLES.resolve('jar.groovy'), 'build/app.jar', '--base', base, '--to', "${registry.address()}/jar:1") ==
                "${registry.address()}/jar@sha256:356f7d0b15a6fbc16bccc349494c5d86cd165b67d43a503a367fa57ecc43c363\n"
        davit('-e', "remote(args[0])['/app/app.jar'].text", "${registry.address()}/jar:1") == 'a jar\n'
    }

    def 'layered: only the classes move when only they change'() {
        given:
        write 'app/libs/lib.jar', 'a library'
        write 'app/resources/application.properties', 'a=1'
        write 'app/classes/Main.class', 'old'

        when:
        def build = { tag ->
            davit(SAMPLES.resolve('layered.groovy'), 'app', '--base', base, '--to', "${registry.address()}/layered:$tag")
            davit('-e', 'remote(args[0]).layers*.digest.join(" ")', "${registry.address()}/layered:$tag").trim().split(' ')
        }
        def old = build(1)
        write 'app/classes/Main.class', 'new'
        def fresh = build(2)

        then:
        old.size() == 4
        fresh.take(3) == old.take(3)
        fresh[3] != old[3]
        davit('digest', "${registry.address()}/layered:1") == 'sha256:af540a7fb3c36eeee02c0958b9cf0d764ca5d43a2c7d21b3cd33dafe56903f71\n'
    }

    def 'hardened: what is left passes its own check, and nothing else is pushed'() {
        expect:
        davit(SAMPLES.resolve('hardened.groovy'), '--base', base, '--to', "${registry.address()}/hardened:1") ==
                "${registry.address()}/hardened@sha256:55d06aaa5d195e6b4cc073c90f261ab016fce0a3e761e82bb43ed1cc8bcc3209\n"
        davit('-e', 'remote(args[0]).files.join("\\n")', "${registry.address()}/hardened:1").readLines()*.replaceAll(/ .* /, ' ') ==
                ['drwxr-xr-x /etc', '-rw-r--r-- /etc/os-release', 'drwxr-xr-x /usr', 'drwxr-xr-x /usr/bin', '-rwxr-xr-x /usr/bin/su']

        when: 'a base with a key in it'
        write 'leaky.groovy', """scratch().append { text '/k', '-----BEGIN PRIVATE KEY-----\\n' + 'M' * 64 }.push('${registry.address()}/leaky:1')"""
        davit 'leaky.groovy'

        then:
        davit(SAMPLES.resolve('hardened.groovy'), '--base', "${registry.address()}/leaky:1").endsWith('exit 3\n')
    }

    def 'tool: each platform has its own program'() {
        given:
        write 'index.groovy', "index { ['amd64', 'arm64', 's390x'].each { add scratch('linux/' + it) } }.push('${registry.address()}/bases:1')"
        davit 'index.groovy'

        expect:
        davit(SAMPLES.resolve('tool.groovy'), '--base', "${registry.address()}/bases:1", '--to', "${registry.address()}/tool:1") ==
                "${registry.address()}/tool@sha256:e916f0b79f76b792ef437ed0db96f52bc62d7509bfbc523e10ccc33a248b4d5b\n"
        davit('-e', "remote(args[0]).platforms.collect { p -> p.toString() + ': ' + remote(args[0]).platform(p)['/usr/bin/tool'].text.readLines()[1] }",
                "${registry.address()}/tool:1") == '[linux/amd64: echo "tool for amd64", linux/arm64: echo "tool for arm64"]\n'
    }

    def 'rebase: what is on the old base moves, and what is not stays'() {
        given:
        write 'tree.groovy', """
            def other = scratch().append { text '/etc/base', 'new' }
            other.push('${registry.address()}/base:2')
            remote('$base').append { text '/app', '1' }.push('${registry.address()}/app:1')
            scratch().append { text '/app', '2' }.push('${registry.address()}/app:2')
            """
        davit 'tree.groovy'

        expect:
        davit(SAMPLES.resolve('rebase.groovy'), "${registry.address()}/app", '--from', base, '--to', "${registry.address()}/base:2") ==
                "${registry.address()}/app@sha256:72c7f91306727db29d5d3b7d253fce8fd71e8cbfc034ec3d8268185fa5524871\n${registry.address()}/app:2 stays\n"
        davit('-e', "remote(args[0]).files*.path", "${registry.address()}/app:1") == '[app, etc, etc/base]\n'
    }

    def 'airgap: what goes into the archive comes out of it'() {
        given:
        def there = RegistryServer.start()
        write 'list.txt', "# needed there\n$base\n"
        def archive = folder.resolve('airgap.tar')

        expect:
        davit(SAMPLES.resolve('airgap.groovy'), '--list', folder.resolve('list.txt'), '--archive', archive) == ''
        davit(SAMPLES.resolve('airgap.groovy'), '--archive', archive, '--to', there.address()) ==
                "${there.address()}/base@${davit('digest', base)}"

        cleanup:
        there.close()
    }

    def 'davit: its own image, of its distribution'() {
        given:
        write 'davit-1/bin/davit', '#!/bin/sh'
        write 'davit-1/lib/davit.jar', 'a jar'

        expect:
        davit(SAMPLES.resolve('davit.groovy'), 'davit-1', '--base', base, '--to', "${registry.address()}/davit:1") ==
                "${registry.address()}/davit@sha256:596425a9e738767edec8bb7561c73d1dc69197b16fff5ebc28d034da5f4d00c0\n"
        davit('-e', "remote(args[0])['/usr/local/bin/davit'].text", "${registry.address()}/davit:1") == '#!/bin/sh\n'
    }

    private String getBase() {
        "${registry.address()}/base:1"
    }
}
