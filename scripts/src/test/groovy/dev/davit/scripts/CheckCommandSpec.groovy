package dev.davit.scripts

import java.nio.file.Files

class CheckCommandSpec extends RunnerSpecification {

    def setup() {
        write 'make.groovy', "scratch().append { text '/bin/su', '', mode: 04755 }.withUser('1').save('site.tar')"
        davit 'make.groovy'
    }

    def 'check says what is wrong by a status of its own'() {
        expect:
        davit('check', '--not-root', '--size-below', '1MB', 'archive:site.tar') ==~ /PASS: image sha256:[0-9a-f]{64}\n/
        davit('check', '--not-root', '--no-setuid', 'archive:site.tar').replaceAll(/sha256:\w+/, 'D') == '''\
            ! davit check: image D is not as it must be:
            !   noSetuid: image for linux/amd64, layer 0 (D), /bin/su: runs with the rights of its owner or group, mode 04755
            exit 3
            '''.stripIndent()
        davit('check', 'archive:site.tar') == '! davit check: nothing to check: say what the image must be, or name a policy\nexit 1\n'
    }

    def 'check takes a policy from a script, and writes a report'() {
        given:
        write 'policy.groovy', '''\
            check {
                noSetuid()
                rule('is small') { it.size < 1_000_000 }
            }
            '''.stripIndent()

        expect:
        davit('check', '--junit', 'report.xml', 'archive:site.tar', 'policy.groovy').endsWith('exit 3\n')
        Files.readString(folder.resolve('report.xml')).contains('tests="2" failures="1"')
    }
}
