package dev.davit.json

import spock.lang.Specification

class JsonSpec extends Specification {

    def 'JSON becomes types of the JDK: #json'() {
        given:
        def value = Json.read(json.bytes, 'text')

        expect:
        value == expected
        value?.class == expected?.class

        where:
        json                    || expected
        'null'                  || null
        'true'                  || true
        '"a\\u00e9\\n"'         || 'aé\n'
        '0'                     || 0L
        '-0'                    || 0L
        '9223372036854775807'   || 9223372036854775807L
        '9223372036854775808'   || 9223372036854775808G
        '-12345678901234567890' || -12345678901234567890G
        '1.50'                  || 1.50
        '1e400'                 || new BigDecimal('1E+400')
        '[]'                    || new ArrayList()
        ' [1, [null]] '         || new ArrayList([1L, [null]])
        '{"b": 1, "a": {}}'     || new LinkedHashMap([b: 1L, a: [:]])
    }

    def 'order is kept in both directions'() {
        expect:
        written(Json.read('{"z":1,"a":2,"m":{"y":0,"b":0}}'.bytes, 'text')) == '{"z":1,"a":2,"m":{"y":0,"b":0}}'
    }

    def 'what is not JSON is refused with its name and place: #json'() {
        when:
        Json.read(json.getBytes('UTF-8'), 'manifest of r.test/a:1')

        then:
        def e = thrown(IOException)
        e.message == "manifest of r.test/a:1 $problem"

        where:
        json                     || problem
        ''                       || 'is empty, expected JSON'
        ' \n'                    || 'is empty, expected JSON'
        '{"a":1'                 || 'is not JSON that can be read at line 1, column 7: Unexpected end-of-input: ' +
                'expected close marker for Object'
        '{\n "a": 1,\n "b": x\n}' || 'is not JSON that can be read at line 3, column 7: Unrecognized token \'x\': was ' +
                'expecting (JSON String, Number, Array, Object or token \'null\', \'true\' or \'false\')'
        '{}{}'                   || 'is not JSON that can be read at line 1, column 3: more after the end of its value'
        '[NaN]'                  || 'is not JSON that can be read at line 1, column 5: Non-standard token \'NaN\''
        '[01]'                   || 'is not JSON that can be read at line 1, column 3: Invalid numeric value: ' +
                'Leading zeroes not allowed'
        '{"a":1,"b":{"a":2},"a":3}' || 'is not JSON that can be read at line 1, column 20: the key \'a\' is there twice'
        '{"a":{"b":1,"\\u0062":1}}' || 'is not JSON that can be read at line 1, column 13: the key \'b\' is there twice'
    }

    def 'nesting bombs and endless numbers are refused'() {
        when:
        Json.read(json.bytes, 'manifest')

        then:
        def e = thrown(IOException)
        e.message == "manifest is not JSON that can be read: $problem"

        where:
        json                                || problem
        '[' * 100_000                       || 'Document nesting depth (501) exceeds the maximum allowed (500)'
        '{"a":' * 100_000                   || 'Document nesting depth (501) exceeds the maximum allowed (500)'
        '1' * 5000                          || 'Number value length (5000) exceeds the maximum allowed (1000)'
    }

    def 'only UTF-8 is read: #bytes'() {
        when:
        Json.read(bytes as byte[], 'manifest')

        then:
        thrown(IOException)

        where:
        bytes << ['{}'.getBytes('UTF-16LE'), '{}'.getBytes('UTF-16'), '\ufeff{}'.getBytes('UTF-8'),
                  '["é"]'.getBytes('ISO-8859-1')]
    }

    def 'only an object is an object: #json'() {
        when:
        Json.readObject(json.bytes, 'config')

        then:
        def e = thrown(IOException)
        e.message == 'config is not a JSON object'

        where:
        json << ['[]', 'null', '1', '"{}"']
    }

    def 'compact JSON is written: #expected'() {
        expect:
        written(value) == expected

        where:
        value                                || expected
        null                                 || 'null'
        [a: [true, null], b: [:]]            || '{"a":[true,null],"b":{}}'
        "key ${1 + 1}"                       || '"key 2"'
        [("k${1}"): 'v']                     || '{"k1":"v"}'
        'a/b "c" \\ \n\t\u0001'              || '"a/b \\"c\\" \\\\ \\n\\t\\u0001"'
        '<é😀\u2028>'                        || '"<é😀\u2028>"'
        [1 as byte, 2 as short, 3, 4L, 5G]   || '[1,2,3,4,5]'
        [1.50, new BigDecimal('1E+5'), 1e-7] || '[1.50,1E+5,1E-7]'
        [1.5d, 0.1f, 1e300d]                 || '[1.5,0.1,1.0E+300]'
        12345678901234567890G                || '12345678901234567890'
        ['a', null] as String[]              || '["a",null]'
        [1, 2] as LinkedHashSet              || '[1,2]'
    }

    def 'half of a surrogate pair survives'() {
        expect:
        written(Json.read('"\\uD800x"'.bytes, 'text')) == '"\\uD800x"'
    }

    def 'what JSON cannot express is refused and quoted: #quoted'() {
        when:
        Json.write([a: [value]])

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "cannot be written as JSON: $quoted"

        where:
        value                    || quoted
        Double.NaN               || "'NaN', a Double"
        Float.POSITIVE_INFINITY  || "'Infinity', a Float"
        Thread.State.NEW         || "'NEW', a State"
        Optional.of('x')         || "'Optional[x]', a Optional"
        [1: 'a']                 || "the key '1', expected text"
        [(null): 'a']            || "the key 'null', expected text"
    }

    def 'indented JSON looks the same on every system'() {
        expect:
        new String(Json.writeIndented([a: [1, [b: 'x']], c: [:], d: []])) == '''\
            {
              "a": [
                1,
                {
                  "b": "x"
                }
              ],
              "c": {},
              "d": []
            }'''.stripIndent()
    }

    private static String written(Object value) {
        new String(Json.write(value), 'UTF-8')
    }
}
