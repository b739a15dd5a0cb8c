package dev.davit.scripts

import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardOpenOption
import spock.lang.AutoCleanup

/** Every sample runs as it is, and gives what its lock says; the registry at localhost:5000 is one on a free port. */
class SamplesSpec extends RunnerSpecification {

    static final SAMPLES = Path.of(System.getProperty('davit.root'), 'samples')
    static final ADDRESS = 'localhost:5000'

    /** In the order that the README of the samples has. */
    static final LOCKED = ['hello', 'bases', 'site', 'jar', 'layered', 'hardened', 'tool', 'rebase', 'airgap', 'files']

    @AutoCleanup RegistryServer registry = RegistryServer.start()

    def setup() {
        Files.walk(SAMPLES).withCloseable { it.forEach { Files.copy(it, folder.resolve("samples/${SAMPLES.relativize(it)}")) } }
        beginning = { session -> session.change { it.standIns { host -> host == ADDRESS ? registry.address() : host } } }
        davit 'samples/bases.groovy'
    }

    def 'each sample is run here, and has a lock unless each build makes its input anew'() {
        given:
        def names = { ending ->
            Files.list(SAMPLES).withCloseable { it*.fileName*.toString() }.findAll { it.endsWith(ending) }*.minus(ending) as Set
        }

        expect:
        names('.lock') - 'davit' == LOCKED as Set // somebody may have made one of it here
        names('.groovy') == LOCKED + 'davit' as Set
    }

    def 'the README of the samples runs them in order, and none fails or warns'() {
        given:
        def text = Files.readString(SAMPLES.resolve('README.md'))
        def lines = (text =~ /(?s)```sh\n(.*?)```/)[0][1].readLines()

        expect:
        lines[0] == "davit serve --address=$ADDRESS &"
        lines.drop(1).collect { it.split('[/.]')[1] }.unique() == LOCKED
        lines.drop(1).findAll { davit(*(it.split(' ').drop(1))) =~ /(?m)^(! |exit )/ } == []
        (text =~ /\| \[\w+]\((\w+)\.groovy\)/)*.get(1) == LOCKED + 'davit'
    }

    def 'the lock of #sample is complete and in date'() {
        given:
        def lock = folder.resolve("samples/${sample}.lock")
        def committed = Files.readString(lock)

        expect: 'a run with it neither fails nor warns'
        !davit("samples/${sample}.groovy").contains('! ')
        davit('lock', "samples/${sample}.groovy").contains('; nothing has changed\n')

        when: 'one is written as if there had been none'
        davit 'samples/bases.groovy'
        Files.delete(lock)
        davit 'lock', "samples/${sample}.groovy"

        then:
        Files.readString(lock) == committed

        where:
        sample << LOCKED
    }

    def '#sample drifts when an input changes, and says which'() {
        given:
        Files.writeString(folder.resolve("samples/$changed"), more, StandardOpenOption.APPEND)

        when:
        def told = davit("samples/${sample}.groovy")

        then:
        told.contains("!     changed: $changed\n")
        told.contains("!   'davit lock samples/${sample}.groovy' takes it over")
        told.endsWith('exit 5\n')

        where:
        sample     | changed                  | more
        'hello'    | 'hello/greeting.txt'     | 'again\n'
        'bases'    | 'bases.groovy'           | '\nscratch().push("localhost:5000/one-more")'
        'site'     | 'site/index.html'        | '<!-- -->'
        'jar'      | 'app/app.jar'            | ' '
        'layered'  | 'app/resources/name.txt' | 'and captain'
        'hardened' | 'hardened.groovy'        | '\nremote(params.base).push(params.to)'
        'tool'     | 'tool/arm64/tool'        | 'exit\n'
        'rebase'   | 'rebase.groovy'          | '\nold.push("localhost:5000/shop/cart:0.9")'
        'airgap'   | 'airgap.txt'             | 'localhost:5000/base/alpine:3.20'
    }

    def 'a sample is run on another base once it is locked to it, or without its lock'() {
        expect:
        davit('samples/jar.groovy', '--base', 'localhost:5000/base/debian:12.1').startsWith('''\
! error: localhost:5000/jar:1.0 is sha256:b83cfad9b8600da23358f8525c497edf8dded6dd529d5936b03b053eb1458e27, and jar.lock has sha256:ea36de1ca7b5752e02171f04e2aff49aad4e7360d8a4b6cb7a20e728ac5de342
!     not in the lock: localhost:5000/base/debian:12.1 is sha256:ca46f920d113fd707628205565d764014ff4532afab514b4b95721da3d8219d7
!     parameter base: localhost:5000/base/debian:12.1, and localhost:5000/base/jre:21 when it was locked
!   'davit lock samples/jar.groovy --base localhost:5000/base/debian:12.1' takes it over, 'davit --no-lock samples/jar.groovy --base localhost:5000/base/debian:12.1' lets the lock be
''')
        davit('--no-lock', 'samples/jar.groovy', '--base', 'localhost:5000/base/debian:12.1') == 'localhost:5000/jar@sha256:b83cfad9b8600da23358f8525c497edf8dded6dd529d5936b03b053eb1458e27\n'
        davit('lock', 'samples/jar.groovy', '--base', 'localhost:5000/base/debian:12.1')
        davit('samples/jar.groovy', '--base', 'localhost:5000/base/debian:12.1') == 'localhost:5000/jar@sha256:b83cfad9b8600da23358f8525c497edf8dded6dd529d5936b03b053eb1458e27\n'
    }

    def 'the same bases in another registry will do, and the lock counts all the same'() {
        given:
        def other = RegistryServer.start()

        expect:
        davit('samples/bases.groovy', '--to', other.address()).readLines()*.replace(other.address(), ADDRESS) ==
                davit('samples/bases.groovy').readLines()
        davit('samples/site.groovy', '--base', "${other.address()}/base/nginx:1.27", '--to', "${other.address()}/site:2.0") ==
                davit('samples/site.groovy').replace(ADDRESS, other.address())

        cleanup:
        other.close()
    }

    def '#sample: what is in the image runs'() {
        given:
        davit "samples/${sample}.groovy"
        def image = "remote('localhost:5000/$sample:1.0').platform('linux/amd64')"
        davit '-e', "${image}.extract('root')"
        def words = davit('-e', "${image}.config.entrypoint.join('\\n')").readLines()

        when:
        def java = Path.of(System.getProperty('java.home'), 'bin', words[0]) as String
        def process = new ProcessBuilder([java, *words.drop(1)]).directory(folder.resolve('root/app').toFile())
                .redirectErrorStream(true).start()

        then:
        process.inputStream.text == 'Ahoy, crew!\n'

        where:
        sample << ['jar', 'layered']
    }

    def 'layered: only the classes move when only they change'() {
        given:
        def layers = { davit('-e', 'remote("localhost:5000/layered:1.0").platform("linux/amd64").layers*.digest.join(" ")').trim().split(' ') }
        davit 'samples/layered.groovy'
        def old = layers()

        when:
        Files.write(folder.resolve('samples/app/classes/Main.class'), [0] as byte[])
        davit '--no-lock', 'samples/layered.groovy'
        def fresh = layers()

        then:
        old.size() == 5
        fresh.take(4) == old.take(4)
        fresh[4] != old[4]
    }

    def 'hardened: what is left passes its own check, and nothing else is pushed'() {
        given:
        davit 'samples/hardened.groovy'

        expect:
        davit('-e', "remote('localhost:5000/hardened:12.2').platform('linux/arm64').files.findAll { it.file }.join('\\n')").readLines()*.replaceAll(/ .* /, ' ') ==
                ['-rwxr-xr-x /usr/bin/su', '-rw-r--r-- /usr/lib/os-release']

        when: 'a base with a key in it'
        davit '-e', "scratch().append { text '/k', '-----BEGIN PRIVATE KEY-----\\n' + 'M' * 64 }.push('localhost:5000/leaky')"

        then:
        davit('--no-lock', 'samples/hardened.groovy', '--base', 'localhost:5000/leaky').endsWith('exit 3\n')
    }

    def 'tool: each platform has its own program'() {
        given:
        davit 'samples/tool.groovy'

        expect:
        davit('-e', "remote('localhost:5000/tool:1.0').with { tool -> tool.platforms.collect { it.toString() + ': ' + tool.platform(it)['/usr/bin/tool'].text.readLines()[1] } }") ==
                '[linux/amd64: echo "tool for amd64", linux/arm64: echo "tool for arm64"]\n'
    }

    def 'rebase: what is on the old base moves, what is not stays, and what is new is told'() {
        given:
        def release = { name -> davit('-e', "remote('localhost:5000/$name').platform('linux/arm64')['/usr/lib/os-release'].text.readLines()[1]") }

        expect:
        release('shop/cart:1.1') == 'VERSION_ID=12.1\n'
        davit('samples/rebase.groovy').readLines().last() == 'localhost:5000/mail/inbox:2.0 stays'
        release('shop/cart:1.1') == 'VERSION_ID=12.2\n'

        when:
        davit '-e', "remote('localhost:5000/base/debian:12.2').withUser('1').push('localhost:5000/mail/inbox:3.0')"

        then:
        davit('samples/rebase.groovy').endsWith('''\
localhost:5000/mail/inbox:3.0 stays
! warning: rebase.lock is old, and what is made is the same: not in the lock: localhost:5000/mail/inbox:3.0
''')
    }

    def 'airgap: on the other side there is nothing but what was locked on this one'() {
        given:
        def there = RegistryServer.start()

        when:
        davit 'samples/airgap.groovy'

        then:
        davit('samples/airgap.groovy', '--to', there.address()).readLines() == [
                "${there.address()}/base/debian@${davit('digest', 'localhost:5000/base/debian:12.2').trim()}",
                "${there.address()}/base/jre@${davit('digest', 'localhost:5000/base/jre:21').trim()}"]

        when: 'somebody packs more'
        davit '-e', "save 'samples/airgap.tar', ['localhost:5000/base/debian:12.2': remote('localhost:5000/base/debian:12.1')]"

        then:
        davit('samples/airgap.groovy', '--to', there.address()).contains("! error: ${there.address()}/base/debian:12.2 is sha256:")

        cleanup:
        there.close()
    }

    def 'davit: its own image, of its distribution'() {
        given:
        write 'davit-1/bin/davit', '#!/bin/sh'
        write 'davit-1/lib/davit.jar', 'a jar'

        expect:
        davit('lock', 'samples/davit.groovy', 'davit-1')
        davit('samples/davit.groovy', 'davit-1') == 'localhost:5000/davit@sha256:2bcfc04a1c2516d6e9d6e7aa26cab827469c40d6c00b2c2e2e7350bf52e0adca\n'
        davit('-e', "remote('localhost:5000/davit:dev').platform('linux/arm64')['/usr/local/bin/davit'].text") == '#!/bin/sh\n'

        when:
        write 'davit-1/lib/davit.jar', 'another one'

        then:
        davit('samples/davit.groovy', 'davit-1').contains('!     changed: FOLDER/davit-1/lib/davit.jar\n')
    }
}
