package dev.davit.repl

import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.nio.file.attribute.PosixFilePermissions
import java.time.Instant
import java.util.concurrent.TimeUnit
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir
import spock.util.concurrent.PollingConditions

/** The distribution as its users get it: unpacked, and started as a process. */
class DistributionSpec extends Specification {

    @Shared
    @TempDir
    Path shared

    @TempDir
    Path folder

    @Shared
    Path installed

    def setupSpec() {
        installed = unpack(shared.resolve('installed'))
    }

    static Path unpack(Path place) {
        Files.createDirectory(place)
        def tar = ['tar', 'xzf', System.getProperty('davit.archive'), '-C', place as String].execute()
        assert tar.waitFor() == 0
        Files.list(place).withCloseable { it.toList() }[0]
    }

    Map<String, ?> variables(Map<String, ?> more = [:]) {
        [PATH: System.getenv('PATH'), HOME: folder, JAVA_HOME: System.getProperty('java.home'), DAVIT_ARCHIVE: 'no',
                DAVIT_CACHE: shared.resolve('cache')] + more
    }

    Ran davit(Map<String, ?> more = [:], String input = '', List<?> words) {
        Ran.of([installed.resolve('bin/davit'), *words], variables(more), folder, input)
    }

    Path write(String name, String text, boolean executable = false) {
        def file = folder.resolve(name)
        Files.createDirectories(file.parent)
        Files.writeString(file, text)
        if (executable) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString('rwxr-xr-x'))
        }
        file
    }

    def 'a command prints its result and nothing else'() {
        expect:
        davit(['--version']) == new Ran('davit 0.1.0\n', '', 0)
    }

    def 'a script that fails says where on standard error'() {
        given:
        write 'site.groovy', 'println 1\nscratch().withEvn(A: 1)\n'

        expect:
        davit(['site.groovy']) == new Ran('1\n', '''\
error: an image has no 'withEvn'; did you mean 'withEnv'?
  --> site.groovy:2:11
   |
 2 | scratch().withEvn(A: 1)
   |           ^^^^^^^
''', 1)
    }

    def 'it starts from anywhere, with blanks in its path and through links, and a script that names it starts too'() {
        given:
        Files.createDirectory(folder.resolve('bin'))
        Files.createSymbolicLink(folder.resolve('bin/davit'), unpack(folder.resolve('a place')).resolve('bin/davit'))
        Files.createSymbolicLink(folder.resolve('link'), Path.of('bin/davit'))
        def script = write('hello', '#!/usr/bin/env davit\nprintln "hello ${args.join()}"', true)

        expect:
        Ran.of([folder.resolve('link'), '--version'], variables(), folder) == new Ran('davit 0.1.0\n', '', 0)
        Ran.of([script, 'you'], variables(PATH: "${folder.resolve('bin')}:${System.getenv('PATH')}"), folder) ==
                new Ran('hello you\n', '', 0)
    }

    def 'its own image is locked, made as it is locked, and proved; and what is in it runs'() {
        given:
        def samples = Path.of(System.getProperty('davit.root'), 'samples')
        ['bases.groovy', 'bases.lock', 'davit.groovy'].each { Files.copy(samples.resolve(it), folder.resolve(it)) }
        def registry = RegistryServer.start()
        def own = ['davit.groovy', installed, "--base=${registry.address()}/base/jre:21", "--to=${registry.address()}/davit:dev"]

        when:
        davit(['bases.groovy', "--to=${registry.address()}"])
        def locked = davit(['lock', *own])
        def made = davit(own)
        def proved = davit(['prove', *own])
        davit(['-e', "remote('${registry.address()}/davit:dev').platform('linux/arm64').extract('root')"])

        then:
        locked.status == 0
        made.status == 0
        made.out == locked.err.readLines().last() + '\n'
        proved.out.startsWith('davit.groovy is reproducible\n')
        proved.out.contains(made.out.split('@')[1])
        Ran.of([folder.resolve('root/opt/davit/bin/davit'), '--version'], variables(), folder) == new Ran('davit 0.1.0\n', '', 0)

        cleanup:
        registry.close()
    }

    def 'text is UTF-8 in every locale: arguments, names of files, results'() {
        given:
        write 'é/größe.groovy', 'println "ß$args"; println Path.of("x").toAbsolutePath().root; print 1\n'

        expect:
        davit(variables, ['é/größe.groovy', 'ü']) == new Ran('ß[ü]\n/\n1', '', 0)

        where:
        variables << [[:], [LC_ALL: 'C'], [LANG: 'C.UTF-8']]
    }

    def 'commands are not compiled when they run, and load nothing of the shell'() {
        given:
        def cache = folder.resolve('own cache')
        def log = folder.resolve('classes.log')

        when:
        def ran = davit(['help', 'copy'], DAVIT_CACHE: cache, DAVIT_JAVA_OPTS: "-Xlog:class+load:file=$log")

        then:
        ran.status == 0
        ran.out.startsWith('Usage: davit copy ')
        !Files.exists(cache.resolve('classes'))
        Files.readString(log).contains('dev.davit.scripts.Runner')
        !Files.readString(log).contains('org.jline')
        !Files.readString(log).contains('CompilationUnit')
    }

    def 'without a word and without a terminal it is the shell for a pipe'() {
        expect:
        davit([:], '1 + 1\nscratch().platform\n', []) == new Ran('2\nlinux/amd64\n', '', 0)
    }

    def 'Java that is missing or too old is told in a sentence'() {
        given:
        write 'java8/bin/java', '#!/bin/sh\n', true
        write 'java8/release', 'IMPLEMENTOR="x"\nJAVA_VERSION="1.8.0_412"\n'

        expect:
        davit(['--version'], JAVA_HOME: home.replace('FOLDER', folder as String), PATH: '/nonexistent') ==
                new Ran('', "davit: ${sentence.replace('FOLDER', folder as String)}\n", 1)

        where:
        home           | sentence
        ''             | 'there is no Java: install version 17 or newer, or set JAVA_HOME'
        'FOLDER'       | 'JAVA_HOME is FOLDER, where there is no bin/java'
        'FOLDER/java8' | 'FOLDER/java8/bin/java is Java 1.8.0_412: version 17 or newer is needed'
    }

    def 'an archive of classes is made in the background, and then used'() {
        given:
        def cache = folder.resolve('own cache')
        def log = folder.resolve('classes.log')

        when:
        def first = davit(['-e', '1 + 1'], DAVIT_ARCHIVE: '', DAVIT_CACHE: cache)

        then:
        first == new Ran('2\n', '', 0)
        new PollingConditions(timeout: 120).eventually {
            assert Files.list(cache.resolve('jvm')).withCloseable { it*.fileName*.toString() }.every { it.endsWith('.archive') }
            assert Files.list(cache.resolve('jvm')).withCloseable { it.count() } == 1
        }

        when:
        def second = davit(['-e', '1 + 1'], DAVIT_ARCHIVE: '', DAVIT_CACHE: cache,
                DAVIT_JAVA_OPTS: "-Xlog:class+load:file=$log")

        then:
        second == first
        Files.readAllLines(log).any { it.contains('dev.davit.scripts.Runner ') && it.contains('shared objects file') }

        when: 'the archive is damaged'
        def archive = Files.list(cache.resolve('jvm')).withCloseable { it.toList() }[0]
        Files.delete(archive)
        Files.writeString(archive, 'no archive')

        then:
        davit(['-e', '1 + 1'], DAVIT_ARCHIVE: '', DAVIT_CACHE: cache) == first
    }

    def 'a cache that cannot be written is only slower'() {
        expect:
        davit(['-e', '1 + 1'], DAVIT_ARCHIVE: '', DAVIT_CACHE: write('file', '')) == new Ran('2\n', '', 0)
    }

    def 'Ctrl-C ends it with 130, after what it must clean up'() {
        given:
        def process = Ran.start([installed.resolve('bin/davit'), '-e', '''
            try {
                Files.writeString(Path.of('began'), '')
                Thread.sleep(60_000)
            } finally {
                Files.delete(Path.of('began'))
            }'''], variables(), folder)
        new PollingConditions(timeout: 60).eventually {
            assert Files.exists(folder.resolve('began'))
        }

        when:
        new ProcessBuilder('kill', '-INT', process.pid() as String).start().waitFor()

        then:
        Ran.of(process) == new Ran('', '', 130)
        !Files.exists(folder.resolve('began'))
    }

    def 'nobody who reads its output ends it quietly'() {
        given:
        def process = Ran.start([installed.resolve('bin/davit'), '-e', '1_000_000_000.times { println it }'], variables(), folder)

        when:
        process.inputStream.withReader { it.readLine() }

        then:
        process.waitFor(1, TimeUnit.MINUTES)
        process.errorStream.text == ''
        process.exitValue() == 141
    }

    def 'scripts/davit builds when a source is newer, and runs what it built'() {
        given:
        def launcher = write('scripts/davit', Path.of(System.getProperty('davit.root'), 'scripts/davit').toFile().text, true)
        write 'pom.xml', ''
        write 'core/pom.xml', ''
        write 'core/src/main/A.java', ''
        ['scripts/commands', 'scripts/src/launcher', 'repl/src/assembly', 'work'].each {
            Files.createDirectories(folder.resolve(it))
        }
        write 'tools/mvn', '''\
            #!/bin/sh
            [ "$1 $4 $5 $6" = "--batch-mode repl -am package" ] || exit 1
            echo '[INFO] Building Davit core 0.1.0                  [2/5]'
            echo '[INFO] nothing to compile'
            [ ! -e broken ] || exit 1
            mkdir -p repl/target/davit-1/davit-1/bin
            printf '#!/bin/sh\\necho "ran $*"\\n' > repl/target/davit-1/davit-1/bin/davit
            chmod +x repl/target/davit-1/davit-1/bin/davit
            '''.stripIndent(), true
        Files.createSymbolicLink(folder.resolve('link'), launcher)
        def run = {
            Ran.of(['../link', 'a', 'b c'], [PATH: "${folder.resolve('tools')}:/usr/bin:/bin"], folder.resolve('work'))
        }
        def built = 'davit: building it from its sources\ndavit: building the core [2/5]\n'

        expect:
        Ran.of([launcher], [PATH: '/nonexistent'], folder) == new Ran('', 'davit: it must be built first, and there is no ' +
                'Maven: install Maven and a JDK of version 17 or newer\n', 1)
        run() == new Ran('ran a b c\n', built, 0)
        run() == new Ran('ran a b c\n', '', 0)

        when:
        Files.setLastModifiedTime(folder.resolve('core/src/main/A.java'),
                FileTime.from(Instant.now().plusSeconds(2)))

        then:
        run() == new Ran('ran a b c\n', built, 0)

        when: 'a build fails, it is all told, and tried again'
        Files.setLastModifiedTime(folder.resolve('core/src/main/A.java'), FileTime.from(Instant.now().plusSeconds(4)))
        write 'broken', ''

        then:
        2.times {
            assert run() == new Ran('', built + '''\
[INFO] Building Davit core 0.1.0                  [2/5]
[INFO] nothing to compile
davit: the build failed
''', 1)
        }
    }
}
