package dev.davit.look

import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.steps
import static dev.davit.edit.Images.store

import dev.davit.blob.Compression
import dev.davit.edit.Images
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.tar.Overlay
import java.nio.file.NoSuchFileException
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** Steps, trees, sizes, and where a file came from. */
class LookSpec extends Specification {

    @TempDir Path folder

    static final BASE = layer { dir 'usr'; dir 'usr/bin'; file 'usr/bin/sh', 'shell', 0755; hardlink 'usr/bin/ash', 'usr/bin/sh'; symlink 'bin', 'usr/bin' }
    static final APP = layer(Compression.ZSTD) { dir 'usr'; dir 'usr/bin'; file 'usr/bin/sh', 'other', 04755; dir 'app'; file 'app/\u001b', 'x' * 2000 }
    static final LESS = layer { file '.wh.app', '' }

    static Image app() {
        image([history: steps('base', '#ENV A=1', 'COPY app', 'RUN rm app')], [BASE, APP, LESS])
    }

    Overlay files(Image image) {
        Overlay.of(image, store(folder))
    }

    def 'a step is joined with the layer that it added'() {
        expect:
        Step.of(app()).collect { [it.createdBy().get(), it.number(), it.digest().orElse(null), it.size()] } == [
                ['base', 0, BASE.digest(), 4096L], ['#ENV A=1', -1, null, 0L], ['COPY app', 1, APP.digest(), APP.size()],
                ['RUN rm app', 2, LESS.digest(), 1536L]]
    }

    def 'a layer that the history does not tell of is a step too: #history'() {
        expect:
        Step.of(image([history: history], [BASE, APP])).collect { [it.createdBy().orElse(''), it.number()] } == expected

        where:
        history                  || expected
        null                     || [['', 0], ['', 1]]
        steps('base')            || [['base', 0], ['', 1]]
        steps('base', 'a', 'b')  || [['base', 0], ['a', 1], ['b', -1]]
    }

    def 'what is no container image has a step for each blob'() {
        expect:
        Step.of(Image.artifact('text/plain').withMoreLayers([BASE]))*.digest()*.get() == [BASE.digest()]
    }

    def 'a path is explained by the layers that wrote it'() {
        expect:
        Explanation.of(app(), files(app()), path).toString().replace(BASE.digest() as String, 'BASE')
                .replace(APP.digest() as String, 'APP').replace(LESS.digest() as String, 'LESS') == text.stripIndent().trim()

        where:
        path           || text
        '/usr/bin/sh'  || '''
            layer 0 BASE added /usr/bin/sh
                -rwxr-xr-x 0:0 5 2001-09-09T01:46:40Z /usr/bin/sh
                by base
            layer 1 APP changed /usr/bin/sh
                -rwsr-xr-x 0:0 5 2001-09-09T01:46:40Z /usr/bin/sh
                by COPY app'''
        'app/\u001b'   || '''
            layer 1 APP added /app/\\u001b
                -rw-r--r-- 0:0 2000 2001-09-09T01:46:40Z /app/\\u001b
                by COPY app
            layer 2 LESS removed /app/\\u001b
                by RUN rm app'''
    }

    def 'a path through a link is explained by where it leads'() {
        expect:
        Explanation.of(app(), files(app()), '/bin/ash').path() == 'usr/bin/ash'
        Explanation.of(app(), files(app()), '/bin').path() == 'bin'
        Explanation.of(app(), files(app()), '/bin/sh').origin().get().createdBy().get() == 'COPY app'
        Explanation.of(app(), files(app()), '/app').origin().empty

        when:
        Explanation.of(app(), files(app()), '/none')

        then:
        thrown(NoSuchFileException)
    }

    def 'a tree tells the size of each directory, and counts a file of several names once'() {
        given:
        def image = image([BASE, APP])
        def only = Images.image([BASE])

        expect:
        FileTree.of(files(image), '/').toString() == '''\
            / (2.0 kB)
            ├── app/ (2.0 kB)
            │   └── \\u001b (2.0 kB)
            ├── bin -> usr/bin
            └── usr/ (10 B)
                └── bin/ (10 B)
                    ├── ash (5 B)
                    └── sh (5 B)'''.stripIndent()
        FileTree.of(files(image), '/').to(1).toString() == '''\
            / (2.0 kB)
            ├── app/ (2.0 kB)
            ├── bin -> usr/bin
            └── usr/ (10 B)'''.stripIndent()
        FileTree.of(files(image), '/bin').flat().map { "${it.entry().path()} ${it.size()}" as String }.toList() ==
                ['usr/bin 10', 'usr/bin/ash 5', 'usr/bin/sh 5']
        FileTree.of(files(only), 'usr').toString() == '''\
            /usr (5 B)
            └── bin/ (5 B)
                ├── ash (5 B)
                └── sh = /usr/bin/ash'''.stripIndent()
    }

    def 'bytes that images share are counted once'() {
        given:
        def one = image([BASE, APP])
        def two = image([BASE])
        def sizes = ImageSize.of([one: one, both: Index.of([two, one])])

        expect:
        sizes*.name() == ['one', 'both', 'both']
        sizes*.size() == [one.size(), two.size(), one.size()]
        sizes*.added() == [one.size(), two.size() - BASE.size(), 0L]
        sizes*.platform()*.get()*.toString() == ['linux/amd64'] * 3
        sizes*.unpacked()*.present == [false] * 3
        sizes[0].layers()*.size() == [4096L, APP.size()]
        ImageSize.unpacked([one: one], store(folder)).collect { [it.unpacked().asLong, it.layers()*.unpacked()*.asLong] } ==
                [[10240L, [4096L, 6144L]]]
    }
}
