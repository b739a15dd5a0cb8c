package dev.davit.proof

import dev.davit.blob.ContentStore
import dev.davit.blob.Digest
import dev.davit.dsl.LayerTrace.Statement
import dev.davit.dsl.ScriptSource
import dev.davit.edit.Append
import dev.davit.edit.ImageEditor
import dev.davit.image.Artifact
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import dev.davit.tar.LayerBuilder
import java.nio.file.Path
import java.time.Instant
import spock.lang.Specification
import spock.lang.TempDir

class FirstDifferenceSpec extends Specification {

    @TempDir
    Path folder

    def 'names the first entry and field in which two layers differ, and the line that made it'() {
        given:
        def one = image { text('/a', 'same'); it.with(before) }
        def two = image { text('/a', 'same'); it.with(after) }

        expect:
        difference(one, two) == [output: 'x', layer: "1 of 1, ${one.layers()[0].digest()}".toString()] + expected + [line: '7']

        where:
        before                                | after                                 || expected
        ({ text('/é', 'one') })               | ({ text('/é', 'two') })               || [entry: '/é', field: 'content, byte 0', here: 'one', there: 'two']
        ({ text('/b', 'x\none') })            | ({ text('/b', 'x\none more') })       || [entry: '/b', field: 'content, byte 5', here: 'one(ends here)', there: 'one more']
        ({ text('/b', 'x') { s -> s.mode 0600 } })   | ({ text('/b', 'x') })                 || [entry: '/b', field: 'mode', here: '0600', there: '0644']
        ({ text('/b', 'x') { s -> s.owner 1, 2 } })  | ({ text('/b', 'x') { s -> s.owner 3, 2 } })  || [entry: '/b', field: 'uid', here: '1', there: '3']
        ({ text('/b', 'x') { s -> s.time Instant.ofEpochSecond(1) } }) | ({ text('/b', 'x') }) || [entry: '/b', field: 'mtime', here: '1970-01-01T00:00:01Z', there: '1970-01-01T00:00:00Z']
        ({ symlink('/b', 'x') })              | ({ symlink('/b', 'y') })              || [entry: '/b', field: 'linkname', here: 'x', there: 'y']
        ({ symlink('/b', 'x') })              | ({ mkdir('/b') })                     || [entry: '/b', field: 'type', here: 'SYMLINK', there: 'DIRECTORY']
        ({ text('/b', 'x') })                 | ({ text('/c', 'x') })                 || [field: 'path', here: '/b', there: '/c']
        ({ text('/b', 'x') })                 | ({ })                                 || [field: 'path', here: '/b', there: 'no entry more']
    }

    def 'names the path in the config, and the only line that says its name'() {
        expect:
        difference(edited { label('built', 'now'); env('A', '1') }, edited { label('built', 'then'); env('A', '2') }) ==
                [output: 'x', field: 'config: config.Labels.built', here: 'now', there: 'then', line: '2']
        difference(edited { env('PATH', '/bin'); env('HOST', 'a') }, edited { env('PATH', '/bin'); env('HOST', 'b') }) ==
                [output: 'x', field: 'config: config.Env[1]', here: 'HOST=a', there: 'HOST=b', line: '3']
        difference(edited { created(Instant.EPOCH) }, edited { created(Instant.ofEpochSecond(1)) }) ==
                [output: 'x', field: 'config: created', here: '1970-01-01T00:00:00Z', there: '1970-01-01T00:00:01Z', line: '4']
        difference(edited { annotation('n', 'a') }, edited { annotation('n', 'b') }) ==
                [output: 'x', field: 'manifest: annotations.n', here: 'a', there: 'b']
    }

    def 'names the image of an index'() {
        expect:
        difference(Index.of([edited { }, edited { platform(Platform.parse('linux/arm64')) }]),
                Index.of([edited { }, edited { platform(Platform.parse('linux/arm64')); user('x') }])) ==
                [output: 'x', image: 'linux/arm64', field: 'config: config.User', here: 'null', there: 'x']
    }

    def 'compares what is handed on by name, and by order where the names are others each time'() {
        given:
        def (a, b) = [edited { user('a') }, edited { user('b') }]*.digest()

        expect:
        FirstDifference.between(store, source, outputs(before), outputs(after)).subMap('output', 'here', 'there') == expected

        where:
        before              | after               || expected
        [x: 'a', y: 'b']    | [y: 'b', x: 'a']    || [:]
        ['x:1': 'a']        | ['x:2': 'a']        || [:]
        [x: 'a']            | [:]                 || [output: 'x', here: digestOf('a'), there: 'not handed on']
        [x: 'a']            | [x: 'a', y: 'b']    || [output: 'y', here: 'not handed on', there: digestOf('b')]
        [x: 'a', y: 'b']    | [x: 'a', y: 'a']    || [output: 'y', here: 'b', there: 'a']
    }

    private ContentStore getStore() {
        ContentStore.at(folder, Long.MAX_VALUE)
    }

    private final ScriptSource source = new ScriptSource('r.groovy', '''\
        // a recipe
        built: 1
        env HOST: host
        withCreated(x)
        // name: n, n
        n
        '''.stripIndent())

    private Rebuilt outputs(Map<String, String> said) {
        new Rebuilt(said.collect { place, user -> new Rebuilt.Output(place, keep(edited { it.user(user) }).digest()) }, [:], Optional.empty())
    }

    private static String digestOf(String user) {
        edited { it.user(user) }.digest() as String
    }

    private Map<String, String> difference(Artifact one, Artifact two) {
        def builds = [one, two].collect { artifact ->
            def lines = artifact.images().collectMany { it.layers() }.collectEntries {
                [it.digest(), [new Statement('a', 6), new Statement('b', 7), new Statement('é', 7)]]
            }
            new Rebuilt([new Rebuilt.Output('x', keep(artifact).digest())], lines, Optional.empty())
        }
        FirstDifference.between(store, source, builds[0], builds[1])
    }

    private Artifact keep(Artifact artifact) {
        store.add { it.write(artifact.manifest().bytes()) }
        artifact.images().each { image ->
            store.add { it.write(image.manifest().bytes()) }
            image.blobs().each { blob -> store.add { out -> blob.open().withCloseable { it.transferTo(out) } } }
        }
        artifact
    }

    private Image image(@DelegatesTo(LayerBuilder) Closure<?> block) {
        def layer = LayerBuilder.build(store, folder, Instant.EPOCH) { builder -> builder.with(block) }
        Image.scratch(Platform.parse('linux/amd64')).apply(Append.of([layer], Instant.EPOCH))
    }

    private static Artifact edited(@DelegatesTo(ImageEditor) Closure<?> block) {
        ImageEditor.edit(Image.scratch(Platform.parse('linux/amd64'))) { editor -> editor.with(block) }
    }
}
