package dev.davit.validate

import static dev.davit.tar.TarFixture.END
import static dev.davit.tar.TarFixture.join
import static dev.davit.tar.TarFixture.raw
import static dev.davit.tar.TarFixture.tar

import dev.davit.image.MediaType
import spock.lang.Specification

/** Images with one damage in a layer each, and what is said of it. */
class LayerValidationSpec extends Specification {

    private static final List<String> NOTHING = []
    /** Also where layers are not read. */
    private static final List<String> SAME = null

    /** What is damaged, how, what is said of it, and what is said of it where layers are not read. */
    static final List<List> DAMAGES = [
        ['a lost layer', { lose(layers[1]) },
                ['image sha256:7b7475, layer 1 (sha256:591e78): r.test/a has no blob sha256:591e78'], SAME],
        ['a layer of another size', { layers[1].size += 2 },
                ['image sha256:bb34b0, layer 1 (sha256:591e78): has 133 bytes, but its descriptor says 135'], SAME],
        ['a layer that is cut off', { store(layers[0], Arrays.copyOf(bytes(layers[0]), 2048)) },
                ['image sha256:7b7475, layer 0 (sha256:902b6b): has 2048 bytes, but its descriptor says ' +
                         '3072',
                 'image sha256:7b7475, layer 0 (sha256:902b6b): has other content than its digest says: ' +
                         'it is sha256:36a96e'],
                ['image sha256:7b7475, layer 0 (sha256:902b6b): has 2048 bytes, but its descriptor says ' +
                         '3072']],
        ['a layer with more bytes', { store(layers[0], join(bytes(layers[0]), 'x'.bytes)) },
                ['image sha256:7b7475, layer 0 (sha256:902b6b): has more bytes than the 3072 that its ' +
                         'descriptor says'],
                ['image sha256:7b7475, layer 0 (sha256:902b6b): has 3073 bytes, but its descriptor says ' +
                         '3072']],
        ['a plain layer with other content', { store(layers[0], bent(bytes(layers[0]), 1024)) },
                ['image sha256:7b7475, layer 0 (sha256:902b6b): has other content than its digest says: ' +
                         'it is sha256:1a2b38'], NOTHING],
        ['a gzip layer with other content', { store(layers[1], bent(bytes(layers[1]))) },
                ['image sha256:7b7475, layer 1 (sha256:591e78): has other content than its digest says: ' +
                         'it is sha256:2c211a',
                 'image sha256:7b7475, layer 1 (sha256:591e78): not a tar archive',
                 'image sha256:7b7475, layer 1 (sha256:591e78): the gzip stream is damaged: ' +
                         'Gzip-compressed data is corrupt (CRC32 error).'], NOTHING],
        ['a zstd layer with other content', { store(layers[2], bent(bytes(layers[2]))) },
                ['image sha256:7b7475, layer 2 (sha256:9a355b): has other content than its digest says: ' +
                         'it is sha256:ca93e5',
                 'image sha256:7b7475, layer 2 (sha256:9a355b): not a tar archive',
                 'image sha256:7b7475, layer 2 (sha256:9a355b): is sha256:0132c5 when it is unpacked, but ' +
                         'its diff id says sha256:beb7b7'], NOTHING],
        ['gzip that is said to be plain', { layers[1].mediaType = LAYER },
                ['image sha256:358e7c, layer 1 (sha256:591e78): is packed by gzip, but its media type ' +
                         'says that it is not'], NOTHING],
        ['gzip that is said to be zstd', { layers[1].mediaType = LAYER + '+zstd' },
                ['image sha256:4eac4c, layer 1 (sha256:591e78): is packed by gzip, but its media type ' +
                         'says zstd'], NOTHING],
        ['plain bytes that are said to be gzip', { layers[0].mediaType = LAYER + '+gzip' },
                ['image sha256:284430, layer 0 (sha256:902b6b): is not packed, but its media type says ' +
                         'gzip'], NOTHING],
        ['an unknown media type', { layers[0].mediaType = 'text/plain' },
                ['image sha256:ca7a5e, layer 0 (sha256:902b6b): has the media type text/plain, which is ' +
                         'not that of a layer'], SAME],
        ['an unknown compression', { layers[0].mediaType = LAYER + '+bzip2' },
                ['image sha256:d401d3, layer 0 (sha256:902b6b): has the media type ' +
                         'application/vnd.oci.image.layer.v1.tar+bzip2, which is not that of a layer'], SAME],
        ['a layer of the other family', { layers[0].mediaType = MediaType.DOCKER_LAYER.name() },
                ['image sha256:11bb7d, layer 0 (sha256:902b6b): has the media type ' +
                         'application/vnd.docker.image.rootfs.diff.tar in a manifest of the type ' +
                         'application/vnd.oci.image.manifest.v1+json'], SAME],
        ['damaged gzip', { layers[1].putAll(add(LAYER + '+gzip', bent(bytes(layers[1])))) },
                ['image sha256:d83ee5, layer 1 (sha256:2c211a): not a tar archive',
                 'image sha256:d83ee5, layer 1 (sha256:2c211a): the gzip stream is damaged: ' +
                         'Gzip-compressed data is corrupt (CRC32 error).'], NOTHING],
        ['gzip that ends too early', { layers[1].putAll(add(LAYER + '+gzip', Arrays.copyOf(bytes(layers[1]), 60))) },
                ['image sha256:a1e712, layer 1 (sha256:ed57d2): the gzip stream is damaged: it ends too ' +
                         'early'], NOTHING],
        ['a gzip header that ends too early', { layers[1].putAll(add(LAYER + '+gzip', Arrays.copyOf(bytes(layers[1]), 5))) },
                ['image sha256:02c553, layer 1 (sha256:8ab6ad): the gzip stream is damaged: it ends too ' +
                         'early'], NOTHING],
        ['damaged zstd', { layers[2].putAll(add(LAYER + '+zstd', bent(bytes(layers[2])))) },
                ['image sha256:145774, layer 2 (sha256:ca93e5): not a tar archive',
                 'image sha256:145774, layer 2 (sha256:ca93e5): is sha256:0132c5 when it is unpacked, but ' +
                         'its diff id says sha256:beb7b7'], NOTHING],

        ['text in the place of tar', { replace(0, ('no tar ' * 200).bytes) },
                ['image sha256:d37364, layer 0 (sha256:a7b545): not a tar archive'], NOTHING],
        ['a damaged header', { replace(1, bent(MIDDLE, 2560 + 5)) },
                ['image sha256:214da6, layer 1 (sha256:328384): the tar archive has a damaged header'], NOTHING],
        ['a tar archive that ends within a file', { replace(1, Arrays.copyOf(MIDDLE, 1024)) },
                ['image sha256:67c20c, layer 1 (sha256:88536f): Truncated TAR archive'], NOTHING],
        ['a path that is there twice', {
            replace(2, tar { file 'a', '1'; dir 'b'; file './a', '2'; file 'a', '3'; dir 'b' })
        },
                ["image sha256:6ae70f, layer 2 (sha256:6c7476): entry 'a' is there more than once",
                 "image sha256:6ae70f, layer 2 (sha256:6c7476): entry 'b' is there more than once"], NOTHING],
        ['a name that leads out', { replace(2, join(raw('../evil'.bytes), raw('a/../../evil'.bytes), raw('b'.bytes), END)) },
                ["image sha256:f97c26, layer 2 (sha256:5a92ab): entry '../evil' leads out of the root",
                 "image sha256:f97c26, layer 2 (sha256:5a92ab): entry 'a/../../evil' leads out of the root"], NOTHING],
        ['a hard link that leads out', { replace(2, link('../../etc/passwd')) },
                ["image sha256:b0a45e, layer 2 (sha256:f5d3e6): the target of hard link 'h' " +
                         "'../../etc/passwd' leads out of the root"], NOTHING],
        ['a hard link to nothing', { replace(2, link('gone')) },
                ["image sha256:1193be, layer 2 (sha256:321bb2): entry 'h' is a hard link to 'gone', which " +
                         'is not there'], NOTHING],
        ['a hard link to what is removed', { replace(2, tar { file 'etc/.wh.motd', ''; hardlink 'h', 'etc/motd' }) },
                ["image sha256:cad496, layer 2 (sha256:baa94b): entry 'h' is a hard link to 'etc/motd', " +
                         'which is not there'], NOTHING],
        ['a hard link to what comes later', { replace(2, tar { hardlink 'h', 'f'; file 'f', '' }) },
                ["image sha256:ed06aa, layer 2 (sha256:69a05b): entry 'h' is a hard link to 'f', which is " +
                         'not there'], NOTHING],
        ['a hard link to a directory', { replace(2, link('etc')) },
                ["image sha256:02ddbe, layer 2 (sha256:14f870): entry 'h' is a hard link to 'etc', which " +
                         'is a directory'], NOTHING],
        ['a whiteout of the parent', { replace(2, tar { file 'a/.wh...', '' }) },
                ["image sha256:69ce1c, layer 2 (sha256:dd5e01): entry 'a/.wh...' removes nothing that has " +
                         'a name'], NOTHING],
        ['a whiteout of nothing', { replace(2, tar { file 'a/.wh.', '' }) },
                ["image sha256:ace436, layer 2 (sha256:d7aa22): entry 'a/.wh.' removes nothing that has a " +
                         'name'], NOTHING],
        ['an entry in a whiteout', { replace(2, tar { file '.wh.a/x', '' }) },
                ["image sha256:0b0d69, layer 2 (sha256:303ba5): entry '.wh.a/x' lies in a whiteout"], NOTHING],
        ['an unknown type', { replace(2, join(raw('v'.bytes, new byte[0], [type: 'V']), raw('w'.bytes), END)) },
                ["image sha256:0b7a42, layer 2 (sha256:68393d): entry 'v' has the unknown type 'V'"], NOTHING],
        ['a control character in a name', { replace(2, tar { file 'a\nPASS: b', ''; file 'a\nPASS: b', '' }) },
                ["image sha256:de8c9a, layer 2 (sha256:53dcfb): entry 'a?PASS: b' is there more than once"], NOTHING],
    ]

    def 'what is damaged is found, and nothing else: #what'() {
        given:
        def image = new Crafted().tap { damage.rehydrate(it, it, it).call() }
        def manifest = image.document()

        expect:
        Crafted.found(image, manifest) == expected
        Crafted.found(image, manifest, true) == (fast == SAME ? expected : fast)

        where:
        [what, damage, expected, fast] << DAMAGES
    }
}
