package dev.davit.ref

import dev.davit.blob.Digest
import spock.lang.Specification

class ReferenceSpec extends Specification {

    static final D = 'sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'

    def 'a reference says tag, digest, or both: #text'() {
        given:
        def reference = Reference.parse(text)

        expect:
        "$reference" == full
        reference.tag().orElse(null) == tag
        reference.digest().map { "$it".toString() }.orElse(null) == digest
        reference.identifier() == (digest ?: tag)
        reference.familiar() == familiar
        Reference.parse(full) == reference
        Reference.parse(familiar) == reference

        where:
        text                           || full                                        | tag      | digest | familiar
        'nginx'                        || 'index.docker.io/library/nginx:latest'      | 'latest' | null   | 'nginx:latest'
        'nginx:1.21'                   || 'index.docker.io/library/nginx:1.21'        | '1.21'   | null   | 'nginx:1.21'
        "nginx@$D"                     || "index.docker.io/library/nginx@$D"          | null     | D      | "nginx@$D"
        "nginx:1.21@$D"                || "index.docker.io/library/nginx:1.21@$D"     | '1.21'   | D      | "nginx:1.21@$D"
        'docker.io/nginx:1'            || 'index.docker.io/library/nginx:1'           | '1'      | null   | 'nginx:1'
        'bitnami/nginx'                || 'index.docker.io/bitnami/nginx:latest'      | 'latest' | null   | 'bitnami/nginx:latest'
        'localhost:5000'               || 'index.docker.io/library/localhost:5000'    | '5000'   | null   | 'localhost:5000'
        'localhost:5000/a'             || 'localhost:5000/a:latest'                   | 'latest' | null   | 'localhost:5000/a:latest'
        'localhost:5000/a:5000'        || 'localhost:5000/a:5000'                     | '5000'   | null   | 'localhost:5000/a:5000'
        "localhost:5000/a@$D"          || "localhost:5000/a@$D"                       | null     | D      | "localhost:5000/a@$D"
        '[::1]:5000/a/b:v1'            || '[::1]:5000/a/b:v1'                         | 'v1'     | null   | '[::1]:5000/a/b:v1'
        '[::1]/a'                      || '[::1]/a:latest'                            | 'latest' | null   | '[::1]/a:latest'
        'r.test/a:_A.b-C'              || 'r.test/a:_A.b-C'                           | '_A.b-C' | null   | 'r.test/a:_A.b-C'
    }

    def 'a sha512 digest names an image too'() {
        expect:
        Reference.parse('nginx@sha512:' + 'ab' * 64).identifier() == 'sha512:' + 'ab' * 64
    }

    def 'a malformed reference is refused, quoted whole, and told what is wrong: #text'() {
        when:
        Reference.parse(text)

        then:
        def e = thrown(IllegalArgumentException)
        e.message.startsWith("malformed reference '$text': malformed $problem': expected ")

        where:
        text                 || problem
        ''                   || "repository '"
        ':1'                 || "repository '"
        'nginx:'             || "tag '"
        'nginx:a b'          || "tag 'a b"
        'nginx:.a'           || "tag '.a"
        'nginx:-a'           || "tag '-a"
        'nginx:1\n'          || "tag '1\n"
        'nginx:' + 'a' * 129 || "tag '" + 'a' * 129
        'nginx:1:2'          || "repository 'nginx:1"
        'nginx@'             || "digest '"
        'nginx@1.21'         || "digest '1.21"
        'nginx@sha256:abc'   || "digest 'sha256:abc"
        "nginx@$D@$D"        || "digest '$D@$D"
        "@$D"                || "repository '"
        'Nginx:1'            || "repository 'Nginx"
        'https://r.test/a'   || "registry 'https:"
    }

    def 'a malformed tag is refused'() {
        when:
        Reference.of(Repository.parse('nginx'), '.hidden')

        then:
        def e = thrown(IllegalArgumentException)
        e.message == "malformed tag '.hidden': expected up to 128 letters, digits and _ . -, not beginning with . or -"
    }

    def 'a reference turns into another one of the same repository'() {
        given:
        def reference = Reference.parse("r.test/a:1@$D")

        expect:
        "${reference.withTag('2')}" == 'r.test/a:2'
        "${Reference.parse('r.test/a:1').withDigest(Digest.parse(D))}" == "r.test/a@$D"
        Reference.of(reference.repository(), Digest.parse(D)) == Reference.parse("r.test/a@$D")
    }
}
