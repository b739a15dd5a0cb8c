package dev.davit.scripts

import dev.davit.dsl.ScriptSource
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime
import java.time.Duration
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class CompiledScriptSpec extends Specification {

    @TempDir
    Path folder

    def source = new ScriptSource('some/site.groovy', '[1, 2].collect { it + 1 }')

    Object run(ScriptSource source, Path... kept) {
        CompiledScript.of(source, kept as List).load().run()
    }

    List<Path> files() {
        Files.list(folder).withCloseable { it.toList() }
    }

    def 'classes are kept, and serve the next run'() {
        given:
        def first = run(source, folder)
        def file = files()[0]
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH))

        expect:
        first == [2, 3]
        run(source, folder) == [2, 3]
        files() == [file]
        Files.getLastModifiedTime(file) == FileTime.from(Instant.EPOCH)
    }

    def 'another text and another name are compiled anew'() {
        expect:
        run(source, folder) == [2, 3]
        run(new ScriptSource(source.name(), '[1].collect { it + 2 }'), folder) == [3]
        run(new ScriptSource('other.groovy', source.text()), folder) == [2, 3]
        files().size() == 3
    }

    def 'a kept file that is damaged is replaced: #damage'() {
        given:
        run(source, folder)
        def file = files()[0]
        byte[] good = Files.readAllBytes(file)
        Files.write(file, change(good.clone()))

        expect:
        run(source, folder) == [2, 3]
        Files.readAllBytes(file).encodeHex().toString() == good.encodeHex().toString()

        where:
        damage          | change
        'cut'           | { byte[] it -> Arrays.copyOf(it, it.length - 1) }
        'empty'         | { byte[] it -> new byte[0] }
        'one bit'       | { byte[] it -> it[it.length - 9] ^= 1; it }
        'no hash'       | { byte[] it -> 'x'.bytes }
    }

    def 'the first folder that has the classes is used, and only the last one is written'() {
        given:
        def installed = folder.resolve('installed')
        def cache = folder.resolve('cache')
        run(source, installed)

        expect:
        run(source, installed, cache) == [2, 3]
        !Files.exists(cache)

        when:
        run(new ScriptSource('x.groovy', '1'), installed, cache)

        then:
        Files.list(installed).withCloseable { it.count() } == 1
        Files.list(cache).withCloseable { it.count() } == 1
    }

    def 'a folder that cannot be written costs nothing but time'() {
        given:
        def file = Files.writeString(folder.resolve('file'), '')

        expect:
        run(source, file.resolve('classes')) == [2, 3]
    }

    def 'what was kept a month ago goes when something new is kept'() {
        given:
        run(source, folder)
        def file = files()[0]
        Files.setLastModifiedTime(file, FileTime.from(Instant.now() - Duration.ofDays(31)))

        when:
        run(new ScriptSource('x.groovy', '1'), folder)

        then:
        files().size() == 1
        files()[0] != file
    }

    def 'stack traces name the script'() {
        when:
        run(new ScriptSource('some/site.groovy', '\n[1].each { throw new IOException("x") }'), folder)

        then:
        def e = thrown(IOException)
        e.stackTrace.find { it.fileName == 'site.groovy' }.lineNumber == 2
    }
}
