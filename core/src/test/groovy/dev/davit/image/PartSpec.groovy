package dev.davit.image

import dev.davit.blob.Blob
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class PartSpec extends Specification {

    @TempDir Path folder

    private static Part part(String name) {
        def blob = Blob.of('x'.bytes)
        new Part(name, Descriptor.of(new MediaType('a/b'), blob.digest(), 1), blob)
    }

    def 'the parts of an artifact are named by their titles, or else by their digests'() {
        given:
        def blob = Blob.of('x'.bytes)
        def descriptor = Descriptor.of(new MediaType('a/b'), blob.digest(), 1)
        def artifact = Image.artifact('c/d').withMoreLayers([descriptor, descriptor.withAnnotation(Part.TITLE, 'title')].collect {
            Layer.of(it, blob.digest(), blob)
        })

        expect:
        artifact.parts()*.name() == ['sha256-2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881', 'title']
        artifact.parts()*.blob()*.bytes() == [[120], [120]]
    }

    def 'a file never leaves its folder: #name'() {
        when:
        part(name).writeTo(folder.resolve('in'))

        then:
        def e = thrown(IOException)
        e.message == "the artifact has a file named '$name': expected a path in its folder"
        !Files.exists(folder.resolve('in'))

        where:
        name << ['../x', '/x', 'a/../../x', '..', '.', 'a/..', 'C:x', '..\\x', 'a\\b', '', 'a\nb']
    }

    def 'a file may be in folders, and never replaces another'() {
        given:
        def file = part('a/.b..c/d')

        when:
        def written = file.writeTo(folder)

        then:
        folder.relativize(written).toString() == 'a/.b..c/d'
        Files.readString(written) == 'x'

        when:
        file.writeTo(folder)

        then:
        thrown(FileAlreadyExistsException)
    }
}
