package dev.davit.scripts

import dev.davit.json.Json
import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.AutoCleanup

/** A recipe with a lock gives what the lock has, or nothing. */
class LockSpec extends RunnerSpecification {

    @AutoCleanup RegistryServer registry = RegistryServer.start()

    def setup() {
        base 'one'
        write 'recipes/etc/motd', 'hello\n'
        write 'recipes/etc/run.sh', '#!/bin/sh\n'
        folder.resolve('recipes/etc/run.sh').toFile().executable = true
        write 'recipes/site.groovy', """
            params { option 'tag', 'dev', 'tag to push'; option 'user', 'who runs it'; option 'key', 'a secret', secret: true }
            def site = remote('${registry.address()}/base').append { dir 'etc', '/etc' }
            if (params.user) site = site.withUser(params.user)
            println site.push("${registry.address()}/site:\$params.tag")
            """
    }

    def 'a lock says what was read and what was made, and is the same each time'() {
        expect:
        told('lock', 'recipes/site.groovy', '--key', 'x') == '''\
+ HOST/base:latest sha256:1f95e04dca95785936967069478a97862ab23024ed4d19083bd0528b0dae6a0c
+ HOST/site:dev sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438
site.lock: 1 reference, 3 inputs, 1 output
! HOST/site@sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438
'''
        locked() == '''\
{
  "version": 1,
  "parameters": {
    "tag": "dev"
  },
  "epoch": "",
  "references": {
    "HOST/base:latest": {
      "digest": "sha256:1f95e04dca95785936967069478a97862ab23024ed4d19083bd0528b0dae6a0c"
    }
  },
  "inputs": {
    "etc/motd": "sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03",
    "etc/run.sh": "sha256:a8076d3d28d21e02012b20eaf7dbf75409a6277134439025f282e368e3305abf executable",
    "site.groovy": "RECIPE"
  },
  "codecs": [
    "gzip/1"
  ],
  "outputs": {
    "HOST/site:dev": "sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438"
  }
}
'''
        told('lock', 'recipes/site.groovy').startsWith('site.lock: 1 reference, 3 inputs, 1 output; nothing has changed\n')
    }

    def 'a tag that moves changes nothing, until somebody wants it to'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        def before = davit('recipes/site.groovy')
        base 'two'

        expect: 'the same, with no warning of the tag'
        davit('recipes/site.groovy') == before
        davit('--no-lock', 'recipes/site.groovy') != before

        when:
        def report = told('lock', "--update=${registry.address()}/base:latest", 'recipes/site.groovy')

        then:
        report == '''\
~ HOST/base:latest sha256:1f95e04dca95785936967069478a97862ab23024ed4d19083bd0528b0dae6a0c -> sha256:26f6becd59bb7e044e740916df76aa0856ae6dcab5e68bff748e033b61d2d6f8
    linux/amd64: sha256:1f95e04dca95785936967069478a97862ab23024ed4d19083bd0528b0dae6a0c (764 B) -> sha256:26f6becd59bb7e044e740916df76aa0856ae6dcab5e68bff748e033b61d2d6f8 (763 B)
      config
        ~ config.Labels.of: "one" -> "two"
      files
        ~ /etc/base: content
~ HOST/site:dev sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438 -> sha256:a0e0f386011b15948d116469ccc8efd1e424c3ed34b99be74a57bb9704b5634e
site.lock: 1 reference, 3 inputs, 1 output
! HOST/site@sha256:a0e0f386011b15948d116469ccc8efd1e424c3ed34b99be74a57bb9704b5634e
'''
        davit('recipes/site.groovy') != before
    }

    def 'what is to be read anew must be in the lock'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        def before = locked()

        expect:
        told(*words, 'recipes/site.groovy').contains(
                'site.lock has no nginx:1.21 to read anew; it has HOST/base:latest')
        locked() == before

        where:
        words << [['lock', '--update=nginx:1.21'], ['--update=nginx:1.21']]
    }

    def 'an input that changes is named, and nothing is pushed'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        write 'recipes/etc/motd', 'bye\n'
        write 'recipes/etc/new', 'new\n'
        Files.delete(folder.resolve('recipes/etc/run.sh'))

        expect:
        told('recipes/site.groovy') == '''\
! error: HOST/site:dev is sha256:be2e294f44c8bbe95754e1ab32000857e121d041000f4dd0242dc3a5f8cda938, and site.lock has sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438
!     changed: etc/motd
!     not in the lock: etc/new
!     gone: etc/run.sh
!   'davit lock recipes/site.groovy' takes it over, 'davit --no-lock recipes/site.groovy' lets the lock be
!   --> recipes/site.groovy:5:26
!    |
!  5 |             println site.push("HOST/site:$params.tag")
!    |                          ^^^^
exit 5
'''
        registry.requests().findAll { it.toString() =~ '^(PUT|POST) /v2/site/' } == []
    }

    def 'an input that changes and makes no difference is a warning'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        write 'recipes/site.groovy', Files.readString(folder.resolve('recipes/site.groovy')) + '// the end'

        expect:
        told('recipes/site.groovy') == '''\
HOST/site@sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438
! warning: site.lock is old, and what is made is the same: changed: site.groovy
'''
    }

    def 'a hidden source of change, another time and another codec are named: #what'() {
        given:
        write 'recipes/site.groovy', 'println scratch().append { text "/etc/motd", TEXT }.push("ADDRESS/site:1")'
                .replace('TEXT', text).replace('ADDRESS', registry.address())
        davit 'lock', 'recipes/site.groovy'
        def lock = folder.resolve('recipes/site.lock')
        Files.writeString(lock, Files.readString(lock).replaceFirst('gzip/1', codec).replaceFirst(/sha256:\w{8}(?=\w+"\n  }\n}\n)/, 'sha256:00000000'))
        environment = later

        expect:
        told('recipes/site.groovy').contains("!     $reason\n")

        where:
        what    | text                  | codec    | later                             || reason
        'time'  | '"a"'                 | 'gzip/1' | [SOURCE_DATE_EPOCH: '1700000000'] || 'SOURCE_DATE_EPOCH: 2023-11-14T22:13:20Z, and not set when it was locked'
        'codec' | '"a"'                 | 'gzip/0' | [:]                               || 'codec: gzip/0 packed it, and here it is gzip/1'
        'else'  | '"${System.nanoTime()}"' | 'gzip/1' | [:]                            || "nothing that the lock knows of has changed: it reads something else, or differs from run to run, as 'davit prove recipes/site.groovy' tells"
    }

    def 'an index, an archive and a layout are locked too'() {
        given:
        write 'recipes/all.groovy', '''
            def both = index { add scratch('linux/amd64'); add scratch('linux/arm64') }
            if (args) both.push('ADDRESS/both:1').with { both.save('both.tar', 'b:1').writeTo('images', 'b') }
            else remote('ADDRESS/both:1').addAll(archive('both.tar')).addAll(layout('images', 'b')).push('ADDRESS/all:1')
        '''.replace('ADDRESS', registry.address())
        davit 'recipes/all.groovy', 'first'

        when:
        davit 'lock', 'recipes/all.groovy'
        def lock = Json.read(Files.readAllBytes(folder.resolve('recipes/all.lock')), 'lock')

        then:
        lock.references.keySet()*.replace(registry.address(), 'HOST').sort() == ['HOST/both:1', 'archive:both.tar', 'oci:images:b']
        lock.references.values()*.digest.unique() == ['sha256:1f3e22d7ef6e347b6e635de2e59a5e6b1f62d583ffd9237563d72e37cf4e20d7']
        lock.references.values()*.platforms*.keySet().unique() == [['linux/amd64', 'linux/arm64'] as Set]

        when: 'one of them is another one'
        write 'change.groovy', "index { add scratch('linux/s390x') }.save('recipes/both.tar')"
        Files.delete(folder.resolve('recipes/both.tar'))
        davit 'change.groovy'

        then:
        told('recipes/all.groovy').contains('!     changed: archive:both.tar is sha256:')
    }

    def 'other parameters and references are fine as long as they give what is locked, and else the way out is told'() {
        given:
        write 'recipes/site.groovy', """
            params { option 'base', '${registry.address()}/base', 'base'; option 'user', 'who runs it' }
            def site = remote(params.base).append { dir 'etc', '/etc' }
            println((params.user ? site.withUser(params.user) : site).push('${registry.address()}/site:1'))
            """
        davit 'lock', 'recipes/site.groovy'
        def locked = davit('recipes/site.groovy')

        expect:
        davit('recipes/site.groovy', '--base', "${registry.address()}/base:other") == locked
        told('recipes/site.groovy', '--user', 'bob', "--base=${registry.address()}/base:other").startsWith("""\
! error: HOST/site:1 is sha256:b0ca7029a12d7cabb3d2d90b8ba61ec0a1f094673d7863edf330e5b76af0eed2, and site.lock has sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438
!     not in the lock: HOST/base:other is sha256:1f95e04dca95785936967069478a97862ab23024ed4d19083bd0528b0dae6a0c
!     parameter base: HOST/base:other, and HOST/base when it was locked
!     parameter user: bob, and nothing when it was locked
!   'davit lock recipes/site.groovy --user bob --base=HOST/base:other' takes it over, 'davit --no-lock recipes/site.groovy --user bob --base=HOST/base:other' lets the lock be
""")
    }

    def 'the way out is told as a shell takes it, and without secrets'() {
        given:
        write 'recipes/site.groovy', """
            params { option 'user', 'who runs it'; $more }
            println scratch().withUser(params.user ?: 'root').push('${registry.address()}/site:1')
            """
        davit 'lock', 'recipes/site.groovy'

        expect:
        told('recipes/site.groovy', '--user', "it's me", *words).contains("!   'davit lock recipes/site.groovy$said' takes it over")

        where:
        more                                 | words          | said
        ''                                   | []             | " --user 'it'\\''s me'"
        "option 'key', 'x', secret: true"    | ['--key', 'k'] | ''
    }

    def 'what a recipe serves itself is locked whatever its port is, and all that was once in a place'() {
        given:
        write 'recipes/own.groovy', """
            def own = serve().address + '/a:1'
            scratch('linux/amd64').push(own)
            remote(own).withUser('bob').push(own)
            println remote(own).config.user
            """
        davit 'lock', 'recipes/own.groovy'

        expect:
        davit('recipes/own.groovy') == 'bob\n'
        Json.read(Files.readAllBytes(folder.resolve('recipes/own.lock')), 'lock').with { [it.references, it.outputs] } == [[:], [
                'localhost:0/a:1': 'sha256:0b0ef9da271db9aaff87cd96b46312e59cf4364679ae5bbd5f886672d3931f5a',
                'localhost:0/a:1@sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105': 'sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105']]
        davit('lock', 'recipes/own.groovy').contains('nothing has changed')
    }

    def 'what lines say is an input'() {
        given:
        write 'recipes/list.txt', 'bob\n'
        write 'recipes/site.groovy', "println scratch().withUser(lines('list.txt')[0]).push('${registry.address()}/site:1')"
        davit 'lock', 'recipes/site.groovy'
        write 'recipes/list.txt', 'root\n'

        expect:
        told('recipes/site.groovy').contains('!     changed: list.txt\n')
    }

    def 'a run can update the lock, and a reference that it does not have and that makes no difference is a warning'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        base 'two'

        when:
        def updated = davit('run', '--update', 'recipes/site.groovy')

        then:
        davit('recipes/site.groovy') == updated

        when:
        def text = Files.readString(folder.resolve('recipes/site.groovy'))
        write 'recipes/site.groovy', text.replace('/base', '/base:other')

        then:
        davit('recipes/site.groovy').replace(registry.address(), 'HOST').endsWith("""
! warning: site.lock is old, and what is made is the same: changed: site.groovy
! warning: site.lock is old, and what is made is the same: not in the lock: HOST/base:other
""")
    }

    def 'a plan is held to the lock as a run is'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        base 'two'
        def planned = { String... words -> told('plan', *words).readLines().find { it.contains('        sha256:') }.strip() }

        expect:
        planned('recipes/site.groovy') == 'sha256:81f730eaa2482f0fee3dbe16a21592b96c804e09ffc54fa5f109ea233a659438  new'
        planned('--no-lock', 'recipes/site.groovy') == 'sha256:a0e0f386011b15948d116469ccc8efd1e424c3ed34b99be74a57bb9704b5634e  new'

        when:
        write 'recipes/etc/motd', 'bye\n'

        then:
        told('plan', 'recipes/site.groovy') == told('recipes/site.groovy')
        told('recipes/site.groovy').contains('!     changed: etc/motd\n')
    }

    def 'a recipe that goes on after a drift ends as one that has drifted'() {
        given:
        def text = Files.readString(folder.resolve('recipes/site.groovy'))
        write 'recipes/site.groovy', text.replaceFirst(/println (site\.push.*)/, 'try { $1 } catch (IOException e) { println "never mind" }')
        davit 'lock', 'recipes/site.groovy'
        write 'recipes/etc/motd', 'bye\n'

        expect:
        told(*words).startsWith(said)
        told(*words).contains('!     changed: etc/motd\n')
        told(*words).endsWith('exit 5\n')

        where:
        words                           | said
        ['recipes/site.groovy']         | 'never mind\n! error: HOST/site:dev is sha256:'
        ['plan', 'recipes/site.groovy'] | '! never mind\n! davit plan: HOST/site:dev is sha256:'
    }

    def 'a lock names the zstd that packed a layer, as another one may give other bytes'() {
        given:
        write 'recipes/site.groovy', "println scratch().append { text '/a', 'a' }.withCompression('zstd').push('${registry.address()}/site:1')\n"
        davit 'lock', 'recipes/site.groovy'
        def zstd = (locked() =~ /"codecs": \[\s+("zstd-jni \d+\.\d+\.\d+-\d+")\s+]/)[0][1]
        def file = folder.resolve('recipes/site.lock')
        Files.writeString(file, Files.readString(file).replace(zstd, '"zstd-jni 1.0.0-1"').replaceFirst(/sha256:\w{8}(?=\w+"\n  }\n}\n)/, 'sha256:00000000'))

        expect:
        told('recipes/site.groovy').contains("!     codec: zstd-jni 1.0.0-1 packed it, and here it is ${zstd[1..-2]}\n")
    }

    def 'a merge conflict in a lock is told as one'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        def lock = Files.readString(folder.resolve('recipes/site.lock'))
        write 'recipes/site.lock', lock.replaceFirst(/(?m)^  "epoch": "",/, '<<<<<<< HEAD\n$0\n=======\n$0\n>>>>>>> other')

        expect:
        told('recipes/site.groovy') == "! davit: site.lock has a merge conflict in it: take either side, then 'davit lock' the merged recipe\nexit 1\n"
    }

    def 'a script on standard input has no lock'() {
        expect:
        told('--update', '-') == '! davit: --no-lock and --update are for recipes in files: standard input has no lock\nexit 1\n'
    }

    def 'what a digest names no more is told, and a lock that is none too'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        def lock = Files.readString(folder.resolve('recipes/site.lock'))
        write 'recipes/site.lock', lock.replaceFirst(/"digest": "sha256:\w{8}/, '"digest": "sha256:00000000')

        expect:
        told('recipes/site.groovy').contains("'davit lock --update=HOST/base:latest recipes/site.groovy' takes what it has now")

        when:
        write 'recipes/site.lock', '{"version": 2}'

        then:
        told('recipes/site.groovy') == '! davit: site.lock is no lock that this Davit can read: expected "version": 1\nexit 1\n'
        told('--no-lock', 'ls', 'x') == "! davit: --no-lock and --update stand before a recipe, and 'davit ls' is a command\nexit 1\n"
    }

    def 'lines of another system are read as well'() {
        given:
        davit 'lock', 'recipes/site.groovy'
        def lock = folder.resolve('recipes/site.lock')
        Files.writeString(lock, Files.readString(lock).replace('\n', '\r\n'))

        expect:
        davit('recipes/site.groovy').startsWith("${registry.address()}/site@sha256:")
    }

    private void base(String motd) {
        write 'base.groovy', "scratch().append { text '/etc/base', '$motd' }.withLabel('of', '$motd').push('${registry.address()}/base:latest', '${registry.address()}/base:other')"
        davit 'base.groovy'
    }

    private String told(String... words) {
        davit(*words).replace(registry.address(), 'HOST')
    }

    private String locked() {
        Files.readString(folder.resolve('recipes/site.lock')).replace(registry.address(), 'HOST')
                .replaceFirst(/(?<="site.groovy": ")sha256:\w{64}/, 'RECIPE') // it has the port in it
    }
}
