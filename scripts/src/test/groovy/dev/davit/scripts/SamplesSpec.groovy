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
                ['files.groovy', 'hello.groovy', 'site.groovy']
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
}
