package dev.davit.repl

import dev.davit.dsl.Session
import dev.davit.server.RegistryServer
import java.nio.file.Files
import java.nio.file.Path
import org.jline.reader.Parser.ParseContext
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

class CompletionSpec extends Specification {

    @Shared
    @TempDir
    Path folder

    @Shared
    Session session

    @Shared
    Evaluator evaluator

    @Shared
    RegistryServer server = RegistryServer.start()

    def setupSpec() {
        Files.createDirectories(folder.resolve('site/css'))
        Files.writeString(folder.resolve('site/index.html'), 'hello')
        Files.writeString(folder.resolve('.hidden'), '')
        session = new Session(folder, [XDG_CACHE_HOME: "$folder/.cache".toString()], System.out, System.err)
        evaluator = new Evaluator(session)
        [
                "image = scratch().append { text '/etc/motd', 'hello'; text '/etc/os-release', ''; mkdir '/srv' }",
                "index = index { add image; add scratch('linux/arm64') }",
                "site = layer { text '/a', 'b' }",
                "map = [alpha: 1, 'not a name': 2]",
                'def twice(x) { x * 2 }',
                'import java.time.Instant',
                "pushed = image.push('${server.address()}/app:1')",
                "far = remote('${server.address()}/app:1')",
                'image',
        ].each { line ->
            def outcome = evaluator.evaluate(line.toString())
            assert outcome instanceof Outcome.Value: "$line: $outcome"
        }
    }

    def cleanupSpec() {
        session.close()
        server.close()
    }

    List<String> at(String before, String after = '') {
        def word = before.substring(Completion.wordStart(before))
        new Completion(evaluator).at(before, after)*.value().findAll { it.startsWith(word) }
    }

    def 'after "#before" there may be #some'() {
        given:
        def proposals = at(before)

        expect:
        proposals.containsAll(some)
        proposals.intersect(none).empty

        where:
        before                                      | some                                   | none
        ''                                          | ['remote(', 'index {', 'site', 'help'] | ['append(', ':trace']
        're'                                        | ['remote(']                            | ['site']
        'x = re'                                    | ['remote(']                            | []
        'x = '                                      | ['remote(', 'image', 'twice(']         | ['help', 'quit']
        ':'                                         | [':help', ':trace', ':quit']           | ['remote(']
        "help 'with"                                | ['withEnv', 'withLabel']               | ['withEnv(']
        'image.with'                                | ['withEnv(', 'withoutLabel(']          | []
        'image.'                                    | ['digest', 'append(', 'config', 'files'] | ['digest()', 'dump()', 'filter(']
        'image?.dige'                               | ['digest']                             | []
        'index.'                                    | ['platforms', 'filter(', 'map(', 'digest'] | ['files()']
        "remote('x')."                              | ['append(', 'filter(', 'platform(']    | ['dump()']
        "remote('x').append(site).with"             | ['withEnv(', 'withUser(']              | []
        "remote('x').append { dir 'a', 'b' }.with"  | ['withEnv(']                           | []
        "remote('x')\n    .append(site)\n    .pu"   | ['push(']                              | []
        "remote('x').platform('linux/amd64').conf"  | ['config']                             | []
        "remote('x').platform('linux/amd64').config." | ['env', 'labels', 'entrypoint']      | ['digest', 'env()']
        "remote('x').push('y')."                    | ['tag', 'repository', 'digest']        | ['withEnv(']
        'image.layers[0].'                          | ['digest', 'size', 'diffId']           | ['collect(']
        'image.layers.first().'                     | ['digest', 'size', 'diffId']           | []
        'image.layers.'                             | ['first()', 'size()', 'each(']         | ['digest', 'dump()']
        'image.history[0].cr'                       | ['created', 'createdBy']               | []
        'image.config.env.'                         | ['keySet()', 'each(']                  | []
        "scratch().digest.he"                       | ['hex()']                              | []
        '(image).dig'                               | ['digest']                             | []
        'x = [image.dig'                            | ['digest']                             | []
        'println image.dig'                         | ['digest']                             | []
        '"${image.dig'                              | ['digest']                             | []
        "image['/etc/motd'].te"                     | ['text']                               | []
        'map.al'                                    | ['alpha']                              | []
        'map.'                                      | ['alpha', 'size()']                    | ['not a name']
        "'abc'.toUp"                                | ['toUpperCase(']                       | []
        '[1, 2].fi'                                 | ['first()', 'find(']                   | []
        'Instant.no'                                | ['now(']                               | []
        'Instant.now().plusS'                       | ['plusSeconds(']                       | []
        'java.time.Duration.ofD'                    | ['ofDays(']                            | []
        'new StringBuilder().app'                   | ['append(']                            | []
        'hu'                                        | ['hub']                                | ['hub(']
        'hub.'                                      | ['search(', 'rateLimit']               | ['dump()']
        "hub.search('x')[0]."                       | ['name', 'stars', 'official']          | []
        'hub.rateLimit.'                            | ['remaining', 'limited']               | []
        "tags('x').mat"                             | ['matching(']                          | []
        "tags('x').matching('y').new"               | ['newest', 'newerThan(']              | []
        '.app'                                      | ['append(']                            | []
        'layer {\n    '                             | ['file ', 'dir ', 'symlink ', 'site']  | ['help']
        "image.append { di"                         | ['dir ']                               | []
        'image.edit { en'                           | ['env ', 'entrypoint ']                | []
        'image.layers.collect { it.'                | []                                     | ['digest']
        'unknown.'                                  | []                                     | ['digest']
        '// image.'                                 | []                                     | ['digest']
    }

    def 'in the string "#before" there may be #exactly'() {
        expect:
        at(before) == exactly

        where:
        before                          || exactly
        "layer('si"                     || ['site/']
        "layer { dir 'site/"            || ['site/css/', "site/index.html'"]
        'layer { file "site/in'         || ['site/index.html"']
        "layer('.hi"                    || [".hidden'"]
        "layer('nothing/"               || []
        'layer("${x}/'                  || []
        "index.platform('"              || ["linux/amd64'", "linux/arm64'"]
        "remote('x').platform('linux/am" || ["linux/amd64'"]
        "image['/et"                    || ['/etc/']
        "image['/etc/m"                 || ["/etc/motd'"]
        "image.file('etc/"              || ["etc/motd'", "etc/os-release'"]
        "image.file('/"                 || ['/etc/', '/srv/']
    }

    def 'a reference that is in a variable is offered'() {
        expect:
        at("remote('") == ["${evaluator.variables().pushed}'".toString()]
    }

    def 'does not repeat brackets or quotes that are there'() {
        expect:
        at('image.withE', "(A: 'b')").contains('withEnv')
        at("layer('site/in", "')") == ['site/index.html']
    }

    def 'asks no registry, and runs nothing'() {
        given:
        def before = server.requests().size()

        when:
        at("far.")
        at("far['/etc/")
        at("far.config.en")
        at("remote('${server.address()}/app:1').config.en")
        at("far.append { throw new Exception() }.with")

        then:
        server.requests().size() == before

        when: 'somebody has looked into the image'
        evaluator.evaluate('far.files')
        def looked = server.requests().size()

        then:
        at("far['/etc/m") == ["/etc/motd'"]
        server.requests().size() == looked
    }

    def 'the line reader gets the word before the cursor'() {
        expect:
        new GroovyLines().parse(line, cursor, ParseContext.COMPLETE).word() == word

        where:
        line                  | cursor || word
        'remote'              | 3      || 'rem'
        'image.app'           | 9      || 'app'
        'image.'              | 6      || ''
        "layer('a/b"          | 10     || 'a/b'
        "layer('a/b').appe"   | 17     || 'appe'
        ':tr'                 | 3      || ':tr'
        ''                    | 0      || ''
    }
}
