package dev.davit.json

import java.util.function.Consumer
import spock.lang.Specification

class DocumentSpec extends Specification {

    static final SPACED = '{ "schemaVersion" : 2,\n  "x-\\u0061" : [ 1.0e2, {"z":null,"a":-0} ],\n "config":{} }\n'

    def 'a document keeps its exact bytes, and its digest is over them'() {
        given:
        def document = read(SPACED)

        expect:
        "$document" == SPACED
        document.bytes() == SPACED.bytes
        document.size() == 83
        "${document.digest()}" == 'sha256:6980a7b9e7fe22c3560fc9537dfb4faafc00e25c07e60ef1991b3b0228d258b1'
        document.blob().digest() == document.digest()
        document.blob().bytes() == SPACED.bytes
    }

    def 'nobody can change a document from outside'() {
        given:
        def bytes = '{"a":1}'.bytes
        def document = Document.parse(bytes, 'text')

        when:
        bytes[2] = (byte) 'b'
        document.bytes()[2] = (byte) 'b'
        document.blob().bytes()[2] = (byte) 'b'

        then:
        "$document" == '{"a":1}'

        when:
        document.tree().put('b', 2)

        then:
        thrown(UnsupportedOperationException)
    }

    def 'a document made of a tree keeps none of it that could change'() {
        given:
        def list = ["v${1}", 1, [z: 1.5d, a: null]]
        def document = Document.of(list: list)

        when:
        list << 'more'

        then:
        "$document" == '{"list":["v1",1,{"z":1.5,"a":null}]}'
        document.tree() == read("$document").tree()
    }

    def 'absent, null, empty and another type read the same: #json'() {
        given:
        def document = read(json)

        expect:
        document.text('a', 'b').empty
        document.number('a', 'b').empty
        document.texts('a', 'b') == []
        document.objects('a', 'b') == []
        document.object('a', 'b') == [:]
        document.textMap('a', 'b') == [:]

        where:
        json << ['{}', '{"a":null}', '{"a":1}', '{"a":[]}', '{"a":{}}', '{"a":{"b":null}}', '{"a":{"b":""}}',
                 '{"a":{"b":[]}}', '{"a":{"b":{}}}', '{"a":{"b":true}}', '{"a":{"b":1.5}}', '{"a":"b"}']
    }

    def 'values are read by their path'() {
        given:
        def document = read('''{"s":"text","n":{"big":9223372036854775807},"t":["a",1,"b",null],
            "o":[{"x":1},2,{"y":null}],"m":{"k":"v","n":1,"a":"w"},"dotted.key":{"a/b":"deep"}}''')

        expect:
        document.text('s').get() == 'text'
        document.number('n', 'big').asLong == 9223372036854775807
        document.texts('t') == ['a', 'b']
        document.objects('o') == [[x: 1], [y: null]]
        document.textMap('m') == [k: 'v', a: 'w']
        document.object('m') == [k: 'v', n: 1, a: 'w']
        document.text('dotted.key', 'a/b').get() == 'deep'
        document.get('n').get() == [big: 9223372036854775807]
        document.get('s', 'deeper').empty
        document.get().get() == document.tree()
    }

    def 'an edit changes the named node and nothing else: #expected'() {
        expect:
        "${read('{"b":1,"a":{"y":"é/","x":[1.50,null]},"n":null}').edit(edit as Consumer)}" == expected

        where:
        edit                                   || expected
        ({ it.set(2, 'b') })                   || '{"b":2,"a":{"y":"é/","x":[1.50,null]},"n":null}'
        ({ it.set('new', 'a', 'y') })          || '{"b":1,"a":{"y":"new","x":[1.50,null]},"n":null}'
        ({ it.set(0, 'a', 'z') })              || '{"b":1,"a":{"y":"é/","x":[1.50,null],"z":0},"n":null}'
        ({ it.set(true, 'c', 'd', 'e') })      || '{"b":1,"a":{"y":"é/","x":[1.50,null]},"n":null,"c":{"d":{"e":true}}}'
        ({ it.set(true, 'n', 'd') })           || '{"b":1,"a":{"y":"é/","x":[1.50,null]},"n":{"d":true}}'
        ({ it.set(null, 'b') })                || '{"b":null,"a":{"y":"é/","x":[1.50,null]},"n":null}'
        ({ it.set(["g${1}"], 'a', 'x') })      || '{"b":1,"a":{"y":"é/","x":["g1"]},"n":null}'
        ({ it.remove('b') })                   || '{"a":{"y":"é/","x":[1.50,null]},"n":null}'
        ({ it.remove('a', 'y') })              || '{"b":1,"a":{"x":[1.50,null]},"n":null}'
        ({ it.remove('n') })                   || '{"b":1,"a":{"y":"é/","x":[1.50,null]}}'
        ({ it.set(it.list('a', 'x') + 7, 'a', 'x') }) || '{"b":1,"a":{"y":"é/","x":[1.50,null,7]},"n":null}'
        ({ it.set(it.object('a') + [x: 0], 'a') }) || '{"b":1,"a":{"y":"é/","x":0},"n":null}'
    }

    def 'an edit that changes nothing gives the same document, with its bytes'() {
        given:
        def document = read(SPACED)

        expect:
        document.edit(edit as Consumer).is(document)

        where:
        edit << [
                { },
                { it.set(2, 'schemaVersion') },
                { it.set(2 as short, 'schemaVersion') },
                { it.set(2G, 'schemaVersion') },
                { it.remove('absent') },
                { it.remove('schemaVersion', 'deeper') },
                { it.remove('no', 'such', 'path') },
                { it.set([:], 'config') },
                { it.set([new BigDecimal('1.0e2'), [a: 0, z: null]], 'x-a') },
                { it.set(1, 'new'); it.remove('new') },
                { it.list('x-a') << 'more' },
                { it.list('x-a')[1].put('k', 1) },
                { it.get('x-a').get()[1].put('k', 1) },
                { it.object('config').put('k', 1) },
        ]
    }

    def 'an edit sees what it has done so far'() {
        when:
        def edited = read('{"a":{"b":1}}').edit {
            it.set(it.get('a', 'b').get() + 1, 'a', 'b')
            it.set(it.get('a', 'b').get() + 1, 'a', 'b')
            assert it.get('a', 'c').empty
        }

        then:
        "$edited" == '{"a":{"b":3}}'
    }

    def 'an edit never overwrites what is on its way: #path'() {
        when:
        read('{"text":"t","layers":[{"size":1}],"flag":false}').edit { it.set(2, path as String[]) }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == problem

        where:
        path                       || problem
        ['text', 'b']              || 'cannot set text.b: text is not an object'
        ['layers', '0', 'size']    || 'cannot set layers.0.size: layers is not an object'
        ['flag', 'b']              || 'cannot set flag.b: flag is not an object'
    }

    def 'an edit without a path is refused'() {
        when:
        read('{}').edit(edit as Consumer)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == 'an edit needs the path of what to change: expected at least one key'

        where:
        edit << [{ it.set(1) }, { it.remove() }]
    }

    def 'what JSON cannot express is refused'() {
        when:
        read('{}').edit { it.set(Double.NaN, 'a') }

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "cannot be written as JSON: 'NaN', a Double"
    }

    def 'documents with the same bytes are equal'() {
        expect:
        read('{"a":1}') == Document.of(a: 1)
        read('{"a":1}').hashCode() == Document.of(a: 1).hashCode()
        read('{"a": 1}') != read('{"a":1}')
    }

    def 'an edit at one path leaves every other path equal and in order (random documents, seed #seed)'() {
        given:
        def random = new Random(seed)
        def original = Document.parse(Json.writeIndented(randomObject(random, 4)), 'random')
        def paths = allPaths(original.tree())

        expect:
        paths.every { changed ->
            def edited = original.edit { it.set('changed', changed as String[]) }
            def after = allPaths(edited.tree())
            edited.get(changed as String[]).get() == 'changed' &&
                    after == paths.findAll { it == changed || !startsWith(it, changed) } &&
                    after.every { startsWith(changed, it) || edited.get(it as String[]) == original.get(it as String[]) } &&
                    read("$edited").tree() == edited.tree()
        }
        paths.every { removed ->
            def edited = original.edit { it.remove(removed as String[]) }
            def after = allPaths(edited.tree())
            after == paths.findAll { !startsWith(it, removed) } &&
                    after.every { startsWith(removed, it) || edited.get(it as String[]) == original.get(it as String[]) }
        }
        original.edit { e -> paths.each { e.set(original.get(it as String[]).orElse(null), it as String[]) } }.is(original)

        where:
        seed << (1..50)
    }

    private static Document read(String json) {
        Document.parse(json.getBytes('UTF-8'), 'text')
    }

    private static boolean startsWith(List<String> path, List<String> prefix) {
        path.take(prefix.size()) == prefix
    }

    /** The paths of all members, in the document's order. */
    private static List<List<String>> allPaths(Map<String, Object> tree, List<String> parent = []) {
        tree.collectMany { key, value ->
            [parent + key] + (value instanceof Map ? allPaths(value, parent + key) : [])
        }
    }

    private static Map<String, Object> randomObject(Random random, int depth) {
        (0..<random.nextInt(6)).collectEntries { [randomText(random), randomValue(random, depth - 1)] }
    }

    private static Object randomValue(Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0: return null
            case 1: return random.nextBoolean()
            case 2: return random.nextLong()
            case 3: return new BigInteger(100, random)
            case 4: return BigDecimal.valueOf(random.nextInt(), random.nextInt(40) - 20)
            case 5: return random.nextInt(5)
            case 6: return randomText(random)
            case 7: return (0..<random.nextInt(4)).collect { randomValue(random, depth - 1) }
            default: return randomObject(random, depth)
        }
    }

    private static String randomText(Random random) {
        def alphabet = ['a', 'B', '0', '.', '/', '"', '\\', ' ', '\n', '\u0000', '\u007f', 'é', '\u2028', '漢', '😀']
        (0..<random.nextInt(5)).collect { alphabet[random.nextInt(alphabet.size())] }.join()
    }
}
