package dev.davit.ref

import spock.lang.Specification

class RepositorySpec extends Specification {

    def 'a name is read by the rules of Docker Hub: #text'() {
        given:
        def repository = Repository.parse(text)

        expect:
        repository.registry() == registry
        repository.path() == path
        "$repository" == "$registry/$path"
        repository.familiar() == familiar
        Repository.parse(familiar) == repository
        Repository.parse("$repository") == repository
        repository.onHub == (registry == 'index.docker.io')

        where:
        text                              || registry             | path                | familiar
        'nginx'                           || 'index.docker.io'    | 'library/nginx'     | 'nginx'
        'library/nginx'                   || 'index.docker.io'    | 'library/nginx'     | 'nginx'
        'docker.io/nginx'                 || 'index.docker.io'    | 'library/nginx'     | 'nginx'
        'docker.io/library/nginx'         || 'index.docker.io'    | 'library/nginx'     | 'nginx'
        'index.docker.io/nginx'           || 'index.docker.io'    | 'library/nginx'     | 'nginx'
        'bitnami/nginx'                   || 'index.docker.io'    | 'bitnami/nginx'     | 'bitnami/nginx'
        'docker.io/bitnami/nginx'         || 'index.docker.io'    | 'bitnami/nginx'     | 'bitnami/nginx'
        'a/b/c'                           || 'index.docker.io'    | 'a/b/c'             | 'a/b/c'
        'library/a/b'                     || 'index.docker.io'    | 'library/a/b'       | 'library/a/b'
        'docker.io/localhost/x'           || 'index.docker.io'    | 'localhost/x'       | 'docker.io/localhost/x'
        'docker.io/foo.bar/x'             || 'index.docker.io'    | 'foo.bar/x'         | 'docker.io/foo.bar/x'
        'localhost'                       || 'index.docker.io'    | 'library/localhost' | 'localhost'
        'library'                         || 'index.docker.io'    | 'library/library'   | 'library'
        'localhost/nginx'                 || 'localhost'          | 'nginx'             | 'localhost/nginx'
        'localhost:5000/nginx'            || 'localhost:5000'     | 'nginx'             | 'localhost:5000/nginx'
        'registry:5000/a/b'               || 'registry:5000'      | 'a/b'               | 'registry:5000/a/b'
        'ghcr.io/a/b'                     || 'ghcr.io'            | 'a/b'               | 'ghcr.io/a/b'
        'GHCR.io/a/b'                     || 'GHCR.io'            | 'a/b'               | 'GHCR.io/a/b'
        '127.0.0.1:5000/a'                || '127.0.0.1:5000'     | 'a'                 | '127.0.0.1:5000/a'
        '[::1]/a'                         || '[::1]'              | 'a'                 | '[::1]/a'
        '[fe80::1:2]:5000/a/b'            || '[fe80::1:2]:5000'   | 'a/b'               | '[fe80::1:2]:5000/a/b'
        'r.test/a.b_c__d-e---f/g0'        || 'r.test'             | 'a.b_c__d-e---f/g0' | 'r.test/a.b_c__d-e---f/g0'
    }

    def 'a malformed path is refused and quoted as it was written: #text'() {
        when:
        Repository.parse(text)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed repository '$quoted': expected lower-case letters, digits and single separators " +
                '(. _ __ -) in parts divided by /, such as library/nginx'

        where:
        text                   || quoted
        ''                     || ''
        'Nginx'                || 'Nginx'
        'Foo/bar'              || 'Foo/bar'
        'r.test/'              || ''
        'r.test/A'             || 'A'
        'r.test//a'            || '/a'
        'a//b'                 || 'a//b'
        'a/'                   || 'a/'
        '/a'                   || '/a'
        'a/.b'                 || 'a/.b'
        'a..b'                 || 'a..b'
        'a___b'                || 'a___b'
        '-a'                   || '-a'
        'a_'                   || 'a_'
        ' a'                   || ' a'
        'é'                    || 'é'
        'localhost:5000'       || 'localhost:5000'
        'r.test/a\n'           || 'a\n'
    }

    def 'a malformed registry is refused and quoted: #registry'() {
        when:
        Repository.parse("$registry/a")

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed registry '$registry': expected a host name and maybe a port, such as " +
                'registry.example.com:5000'

        where:
        registry << ['https:', 'r.test:', 'r.test:port', 'r.test:123456', '.test', 'r..test', '-r.test', 'r-.test',
                     'user:secret@r.test', '[::1', 'fe80::1', '[]:1', ':5000', 'r_1.test']
    }

    def 'a path has at most 255 characters, and a long one is refused without effort'() {
        expect:
        Repository.parse('r.test/' + 'a' * 255).path().size() == 255

        when:
        Repository.parse('r.test/' + path)

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed repository '$path': expected at most 255 characters"

        where:
        path << ['a' * 256, 'a/' * 100_000 + 'a']
    }

    def 'repositories are equal and sorted by their full names'() {
        expect:
        new Repository('docker.io', 'nginx') == Repository.parse('nginx')
        ['r.test/b', 'nginx', 'a.test/c'].collect { Repository.parse(it) }.sort()*.familiar() ==
                ['a.test/c', 'nginx', 'r.test/b']
    }
}
