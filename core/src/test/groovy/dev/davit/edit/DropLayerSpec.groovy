package dev.davit.edit

import static dev.davit.edit.Images.history
import static dev.davit.edit.Images.image
import static dev.davit.edit.Images.layer
import static dev.davit.edit.Images.steps

import dev.davit.blob.Compression
import dev.davit.image.Image
import dev.davit.image.Index
import spock.lang.Specification

class DropLayerSpec extends Specification {

    static final IMAGE = image([layer('a'), layer('b', Compression.GZIP), layer('c')],
            history: steps('ADD a', '#ENV X=1', 'RUN b', 'COPY c'))

    static Image drop(LayerChoice choice, Image image = IMAGE) {
        DropLayer.of(choice).apply(image)
    }

    def 'a layer goes, and its history with it: #how'() {
        expect:
        history(drop(choice)) == expected
        drop(choice).layers().size() == expected.count { !it.startsWith('#') }
        drop(choice).config().diffIds() == drop(choice).layers()*.diffId()

        where:
        how               | choice                                        | expected
        'first'           | LayerChoice.at(0)                             | ['#ENV X=1', 'RUN b', 'COPY c']
        'last'            | LayerChoice.at(-1)                            | ['ADD a', '#ENV X=1', 'RUN b']
        'first from end'  | LayerChoice.at(-3)                            | ['#ENV X=1', 'RUN b', 'COPY c']
        'digest'          | LayerChoice.of(IMAGE.layers()[1].digest())    | ['ADD a', '#ENV X=1', 'COPY c']
        'diff id'         | LayerChoice.of(IMAGE.layers()[1].diffId())    | ['ADD a', '#ENV X=1', 'COPY c']
        'layer'           | LayerChoice.of(layer('c'))                    | ['ADD a', '#ENV X=1', 'RUN b']
        'text'            | LayerChoice.createdBy('RUN')                  | ['ADD a', '#ENV X=1', 'COPY c']
        'pattern'         | LayerChoice.createdBy(~/^(ADD|COPY)/)         | ['#ENV X=1', 'RUN b']
    }

    def 'a layer of an image without history goes'() {
        expect:
        drop(LayerChoice.at(1), image([layer('a'), layer('b')])).layers() == [layer('a')]
    }

    def 'a layer that is not there is an error that tells which are: #choice'() {
        when:
        drop(choice)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "$IMAGE has no $said; it has 0: ${layer('a').digest()} (ADD a), " +
                "1: ${IMAGE.layers()[1].digest()} (RUN b), 2: ${layer('c').digest()} (COPY c)"

        where:
        choice                                | said
        LayerChoice.at(3)                     | 'layer 3'
        LayerChoice.at(-4)                    | 'layer -4'
        LayerChoice.of(layer('x').digest())   | "layer ${layer('x').digest()}"
        LayerChoice.createdBy('ENV')          | "layer created by 'ENV'"
        LayerChoice.createdBy(~/^x/)          | 'layer created by /^x/'
    }

    def 'of an index, each image loses the layers that it has'() {
        given:
        def other = image([layer('d'), layer('c')], history: steps('COPY d', 'COPY c'))

        expect:
        DropLayer.of(choice).from(Index.of([IMAGE, other])).images().collect { history(it) } ==
                [['ADD a', '#ENV X=1', 'RUN b', 'COPY c'] - first, ['COPY d', 'COPY c'] - second]

        where:
        choice                           | first    | second
        LayerChoice.of(layer('c'))       | 'COPY c' | 'COPY c'
        LayerChoice.of(layer('d'))       | ''       | 'COPY d'
        LayerChoice.createdBy('RUN')     | 'RUN b'  | ''
        LayerChoice.at(2)                | 'COPY c' | ''
    }

    def 'a layer that no image of an index has is an error'() {
        when:
        DropLayer.of(LayerChoice.of(layer('x'))).from(Index.of([IMAGE, image([layer('d')])]))

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("$IMAGE has no layer ${layer('x').digest()}; it has 0: ")
    }

    def 'each image of an index loses its layer'() {
        expect:
        Index.of([IMAGE, image([layer('d'), layer('e')])]).apply(DropLayer.of(LayerChoice.at(-1))).images()*.layers()*.size() == [2, 1]
    }
}
