package dev.davit.tar

import static dev.davit.tar.TarFixture.layer

import dev.davit.blob.Blob
import dev.davit.blob.ContentStore
import dev.davit.image.Layer
import java.nio.file.Path
import spock.lang.Specification
import spock.lang.TempDir

/** What two file systems differ in, and which layers are read to tell. */
class ComparisonSpec extends Specification {

    @TempDir Path folder

    static final Layer BASE = layer { dir 'etc'; file 'etc/a', 'a'; file 'etc/b', 'b'; dir 'lib'; file 'lib/x', 'x' }

    Overlay overlay(List layers) {
        Overlay.of(layers, ContentStore.at(folder.resolve('store'), 0))
    }

    List<String> changes(List before, List after) {
        overlay(before).changesTo(overlay(after), false)*.toString()
    }

    def 'a change of #what is told'() {
        expect:
        changes([before], [after]) == expected

        where:
        what          | before                                   | after                                   || expected
        'nothing'     | layer { file 'a', 'x' }                  | layer { file 'a', 'x' }                 || []
        'content'     | layer { file 'a', 'x' }                  | layer { file 'a', 'y' }                 || ['~ /a: content']
        'size'        | layer { file 'a', 'x' }                  | layer { file 'a', 'xyz' }               || ['~ /a: content 1 B -> 3 B']
        'mode'        | layer { file 'a', 'x' }                  | layer { file 'a', 'x', 04755 }          || ['~ /a: mode 0644 -> 4755']
        'two things'  | layer { file 'a', 'x' }                  | layer { file 'a', 'y', 0600 }           || ['~ /a: content, mode 0644 -> 0600']
        'directory'   | layer { dir 'a' }                        | layer { dir 'a', 0700 }                 || ['~ /a/: mode 0755 -> 0700']
        'link'        | layer { symlink 'a', 'b' }               | layer { symlink 'a', 'c' }              || ['~ /a: target b -> c']
        'attributes'  | layer { file 'a', 'x' }                  | layer { file 'a', 'x', 0644, ['SCHILY.xattr.user.a': '1'] } || ['~ /a: extended attributes']
        'other records' | layer { file 'a', 'x' }                | layer { file 'a', 'x', 0644, ['comment': '1'] } || []
        'device'      | layer { device 'a', '3', 1, 3 }          | layer { device 'a', '3', 1, 5 }         || ['~ /a: device 1,3 -> 1,5']
        'type'        | layer { file 'a', 'x' }                  | layer { symlink 'a', 'b' }              || ['~ /a: type file -> symlink']
        'a directory to a file' | layer { dir 'a'; file 'a/b', '' } | layer { file 'a', '' }              || ['~ /a: type directory -> file', '- /a/b (0 B)']
        'hard links'  | layer { file 'a', 'x'; hardlink 'b', 'a' } | layer { file 'a', 'x'; file 'b', 'x' } || []
        'an addition' | layer { dir 'a' }                        | layer { dir 'a'; file 'a/b', 'b'; symlink 'c', 'a' } || ['+ /a/b (1 B)', '+ /c -> a']
        'a loss'      | layer { dir 'a'; file 'a/b', 'b' }       | layer { }                               || ['- /a/', '- /a/b (1 B)']
        'the order'   | layer { }                                | layer { file 'a.b', ''; dir 'a'; file 'a/b', '' } || ['+ /a/', '+ /a.b (0 B)', '+ /a/b (0 B)']
    }

    def 'what is told does not depend on how files are spread over layers: #what'() {
        expect:
        changes([BASE] + before, [BASE] + after) == expected
        changes([layer { }, BASE] + before, [layer { dir 'x' }, layer { file '.wh.x', '' }, BASE] + after) == expected

        where:
        what                       | before                                   | after                                                  || expected
        'the same in both'         | [layer { dir 'etc'; file 'etc/a', '1' }] | [layer { dir 'etc'; file 'etc/a', '1' }]               || []
        'another in both'          | [layer { dir 'etc'; file 'etc/a', '1' }] | [layer { dir 'etc'; file 'etc/a', '2' }]               || ['~ /etc/a: content']
        'as in the base'           | []                                       | [layer { dir 'etc'; file 'etc/a', 'a' }]               || []
        'unlike the base'          | []                                       | [layer { dir 'etc'; file 'etc/a', 'b' }]               || ['~ /etc/a: content']
        'new'                      | []                                       | [layer { dir 'etc'; file 'etc/n', 'n' }]               || ['+ /etc/n (1 B)']
        'removed'                  | []                                       | [layer { dir 'etc'; file 'etc/.wh.a', '' }]            || ['- /etc/a (1 B)']
        'removed on both sides'    | [layer { dir 'etc'; file 'etc/.wh.a', '' }] | [layer { dir 'etc'; file 'etc/.wh.a', '' }]         || []
        'removed here, changed there' | [layer { dir 'etc'; file 'etc/.wh.a', '' }] | [layer { dir 'etc'; file 'etc/a', 'n' }]         || ['+ /etc/a (1 B)']
        'a directory removed'      | []                                       | [layer { file '.wh.etc', '' }]                         || ['- /etc/', '- /etc/a (1 B)', '- /etc/b (1 B)']
        'an opaque directory'      | [layer { dir 'etc'; file 'etc/b', 'b' }] | [layer { dir 'etc'; file 'etc/.wh..wh..opq', ''; file 'etc/b', 'b' }] || ['- /etc/a (1 B)']
        'both opaque'              | [layer { dir 'etc'; file 'etc/.wh..wh..opq', ''; file 'etc/b', 'b' }] | [layer { dir 'etc'; file 'etc/.wh..wh..opq', '' }] || ['- /etc/b (1 B)']
        'a directory in the place of a file' | [layer { dir 'etc'; file 'etc/a', '1' }] | [layer { dir 'etc'; dir 'etc/a'; file 'etc/a/c', '' }] || ['~ /etc/a/: type file -> directory', '+ /etc/a/c (0 B)']
        'an implied directory'     | [layer { file 'etc/a', '1' }]            | [layer { file 'etc/a', '2' }]                          || ['~ /etc/a: content']
        'by way of a link'         | [layer { symlink 'l', 'etc' }, layer { dir 'l'; file 'l/a', '1' }] | [layer { symlink 'l', 'etc' }, layer { file 'l/a', '2' }] || ['~ /etc/a: content', '~ /l: type directory -> symlink', '- /l/a (1 B)']
    }

    def 'layers that both have are not read where both touch the same paths'() {
        given:
        def unread = Layer.of(BASE.descriptor(), BASE.diffId(), Blob.of(BASE.digest(), BASE.size(), 'a place') {
            throw new AssertionError((Object) 'the base is read')
        })

        expect:
        changes([unread, layer { dir 'etc'; file 'etc/a', '1'; file 'etc/.wh.b', '' }],
                [unread, layer { dir 'etc'; file 'etc/a', '2'; file 'etc/.wh.b', '' }]) == ['~ /etc/a: content']
        changes([unread], [unread]) == []
    }

    def 'whatever layers do, it is told as if all of them were read'() {
        given: 'layers of few names, so that they meet; a base that both have, and the same one that only looks different'
        def random = new Random(11)
        def names = ['a', 'b', 'c', 'a/x', 'a/y', 'b/x', 'b/y/z', 'c/.wh.x', '.wh.a', '.wh.b', 'b/.wh..wh..opq', 'a/.wh.y']
        def any = {
            layer {
                names.toList().tap { Collections.shuffle(it, random) }.take(1 + random.nextInt(5)).each { name ->
                    def kind = name.contains('.wh.') ? 1 : random.nextInt(4)
                    kind == 0 ? dir(name) : kind == 3 ? symlink(name, ['a', 'b', '/c'][random.nextInt(3)]) : file(name, "${random.nextInt(3)}")
                }
            }
        }

        expect:
        (1..400).every {
            def base = any()
            def before = [base] + (0..random.nextInt(3)).collect { any() }
            def after = [base] + (0..random.nextInt(3)).collect { any() }
            readable(before) && readable(after) ? changes(before, after) == byHand(before, after) : true
        }
    }

    /** Some of the layers lead in circles or into whiteouts. */
    boolean readable(List layers) {
        try {
            overlay(layers).entries()
            true
        } catch (IOException e) {
            false
        }
    }

    /** The same by comparing all files of both. */
    List<String> byHand(List before, List after) {
        def all = { List layers ->
            def files = overlay(layers)
            files.entries().collectEntries { [it.path(), [it, it.isFile() ? files.open(it.path()).withCloseable { it.text } : '']] }
        }
        def (old, now) = [all(before), all(after)]
        (old.keySet() + now.keySet()).sort { a, b -> ByteNames.ORDER.compare(a, b) }.collect { path ->
            def (was, is) = [old[path], now[path]]
            def aspects = [] as Set
            if (was && is) {
                if (was[0].type() != is[0].type()) { aspects << FileChange.Aspect.TYPE }
                else {
                    if (was[1] != is[1]) { aspects << FileChange.Aspect.CONTENT }
                    if (was[0].target() != is[0].target()) { aspects << FileChange.Aspect.TARGET }
                }
            }
            !was || !is || aspects ? new FileChange(Optional.ofNullable(was?.first()), Optional.ofNullable(is?.first()), aspects) as String : null
        }.findAll()
    }

    def 'a time that differs is a change only if that is wanted'() {
        given:
        def old = Overlay.of([LayerBuilder.build(store(), folder, java.time.Instant.EPOCH) { it.text('/a', 'x') }], store())
        def now = Overlay.of([LayerBuilder.build(store(), folder, java.time.Instant.ofEpochSecond(5)) { it.text('/a', 'x') }], store())

        expect:
        old.changesTo(now, false) == []
        old.changesTo(now, true)*.toString() == ['~ /a: time 1970-01-01T00:00:00Z -> 1970-01-01T00:00:05Z']
    }

    ContentStore store() {
        ContentStore.at(folder.resolve('store'), 0)
    }

    def 'every layer that had a part in a path is traced'() {
        given:
        def files = overlay([BASE, layer { file 'etc/a', 'changed' }, layer { dir 'var' }, layer { file '.wh.etc', '' },
                layer { dir 'etc'; file 'etc/a', 'again' }])

        expect:
        files.trace(path).collect { [it.layer(), it.entry().map { it.size() }.orElse(-1L)] } == parts

        where:
        path     || parts
        'etc/a'  || [[0, 1], [1, 7], [3, -1], [4, 5]]
        '/etc/b' || [[0, 1], [3, -1]]
        'var'    || [[2, 0]]
        'none'   || []
    }
}
