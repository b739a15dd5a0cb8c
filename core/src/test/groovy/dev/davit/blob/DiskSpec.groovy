package dev.davit.blob

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

class DiskSpec extends Specification {

    @TempDir Path folder

    def 'where files may only be read none is made, not by another thread either, and afterwards one is'() {
        given:
        def file = folder.resolve('a')
        def failures = []

        when:
        Disk.readOnly {
            def write = {
                try {
                    AtomicFile.write(file, [1] as byte[])
                } catch (IOException e) {
                    failures << e.message
                }
            }
            write()
            Thread.start(write).join()
        }

        then:
        failures == ["$file: not written, because here files may only be read"] * 2
        Files.list(folder).withCloseable { it.toList() } == []

        when:
        AtomicFile.write(file, [1] as byte[])

        then:
        Files.size(file) == 1
    }

    def 'a content store is written even then'() {
        when:
        def blob = Disk.readOnly { ContentStore.at(folder, 1000).add { it.write(1) } }

        then:
        blob.bytes() == [1] as byte[]
    }
}
