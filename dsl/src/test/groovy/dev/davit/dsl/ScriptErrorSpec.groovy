package dev.davit.dsl

class ScriptErrorSpec extends ScriptSpecification {

    def 'a misspelt verb in a chain is found on its line, and what was meant is suggested'() {
        expect:
        failure('''
scratch()
    .withEnv(A: 1)
    .withEvn(B: 2)
    .withUser('x')
''') == '''\
error: an image has no 'withEvn'; did you mean 'withEnv'?
  --> test.groovy:4:6
   |
 4 |     .withEvn(B: 2)
   |      ^^^^^^^'''
    }

    def 'a misspelt verb in a block is looked for among those of the block'() {
        expect:
        failure('''def site = layer {
\tfil 'index.html', '/srv/index.html'
}''') == '''\
error: the layer block has no 'fil'; did you mean 'file'?
  --> test.groovy:2:2
   |
 2 | \tfil 'index.html', '/srv/index.html'
   | \t^^^'''
    }

    def 'the report names the line: #script'() {
        when:
        def report = failure(script)

        then:
        report.readLines()[0] == "error: $message"
        report.readLines()[1].trim() == "--> test.groovy:$place"
        report.readLines().drop(4).collect { it.replace('|', '').trim() } == (caret ? [caret] : [])

        where:
        script                                 | place  | caret       | message
        'remot("x")'                           | '1:1'  | '^^^^^'     | "there is no verb 'remot'; did you mean 'remote'?"
        'remote("UPPER")'                      | '1:1'  | '^^^^^^'    | "malformed reference 'UPPER': malformed repository " +
                "'UPPER': expected lower-case letters, digits and single separators (. _ __ -) in parts divided by " +
                "/, such as library/nginx"
        'def site = 1\nprintln sit'            | '2:9'  | '^^^'       | "there is no variable 'sit'; did you mean 'site'?"
        'scratch().digset'                     | '1:11' | '^^^^^^'    | "an image has no property 'digset'; did you mean 'digest'?"
        'scratch().withUser(1, 2)'             | '1:11' | '^^^^^^^^'  | "'withUser' does not take (Integer, Integer); it takes (Object)"
        'def a = 1\ndef b = [\n'               | '3:1'  | '^'         | "Unexpected input: '[\\n'"
        'int zero = 0\n1 / zero'               | '2'    | ''          | 'ArithmeticException: Division by zero'
        'layer { text "/a", "b", mod: 0644 }'  | '1:9'  | '^^^^'      | "there is no option 'mod'; did you mean 'mode'? " +
                '(options are mode, owner, time)'
        'scratch("linux")'                     | '1:1'  | '^^^^^^^'   | "malformed platform 'linux': expected " +
                'OS/ARCHITECTURE[/VARIANT][:OS.VERSION], such as linux/amd64 or linux/arm/v7'
        'scratch().withCreated("noon")'        | '1:11' | '^^^^^^^^^^^' | "malformed time 'noon': expected RFC 3339 in " +
                'UTC, such as 2026-01-31T12:00:00Z'
        'index { }'                            | '1:1'  | '^^^^^'     | "index: nothing was added; say 'add IMAGE' in its block"
    }

    def 'a file that is missing is named, with where it was looked for'() {
        expect:
        failure("layer {\n    file 'nginx.conf', '/etc/nginx/nginx.conf'\n}") == """\
error: layer: file 'nginx.conf' not found (looked for $folder/nginx.conf)
  --> test.groovy:2:5
   |
 2 |     file 'nginx.conf', '/etc/nginx/nginx.conf'
   |     ^^^^"""
    }

    def 'a registry that is not there is one sentence, without a cause that says it again'() {
        expect:
        failure('remote("localhost:1/x")') == '''\
error: GET http://localhost:1/v2/x/manifests/latest: cannot reach localhost: connection refused
  --> test.groovy:1:1
   |
 1 | remote("localhost:1/x")
   | ^^^^^^'''
    }
}
