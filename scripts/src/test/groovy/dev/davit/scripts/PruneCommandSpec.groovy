package dev.davit.scripts

import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform

class PruneCommandSpec extends CommandSpecification {

    String repository

    def setup() {
        repository = "pruned${System.nanoTime()}"
        ['1.0', '1.1', '1.2', '1.10', '1.1-alpine', '1.2-alpine', 'latest', 'edge', '1', '2'].each {
            davit('append', '-t', "REGISTRY/$repository:$it", '-f', tar("${it}.tar", it, it))
        }
    }

    String prune(String words) {
        run("prune REGISTRY/$repository $words").replace(repository, 'REPO').replaceAll(/@sha256:\w+/, '@…')
    }

    String tags() {
        run("ls REGISTRY/$repository").readLines().join(' ')
    }

    static final ALL = '1 1.0 1.1 1.1-alpine 1.10 1.2 1.2-alpine 2 edge latest'

    def 'the newest of each kind stay; nothing goes before it is said: #words'() {
        expect:
        prune(words) == printed
        tags() == left

        where:
        words                     || printed                                                        | left
        '--keep=2'                || 'REGISTRY/REPO:1.0@…\nREGISTRY/REPO:1.1@…\n'                   | ALL
        '--keep=2 --delete'       || 'REGISTRY/REPO:1.0@…\nREGISTRY/REPO:1.1@…\n'                   | '1 1.1-alpine 1.10 1.2 1.2-alpine 2 edge latest'
        '-k 1 --yes --tags=*-alpine' || 'REGISTRY/REPO:1.1-alpine@…\n'                              | '1 1.0 1.1 1.10 1.2 1.2-alpine 2 edge latest'
        '-k 9 -d'                 || ''                                                             | ALL
        '-k 0'                    || '! davit prune: malformed keep 0: expected how many tags of a kind to keep\nexit 1\n' | ALL
        ''                        || "! davit prune: --keep is missing\nexit 1\n"                   | ALL
    }

    def 'what would go is told as JSON'() {
        expect:
        prune('-k 1 --tags=*-alpine --json').replaceAll('sha256:[0-9a-f]+', 'DIGEST') == '''\
            [
              {
                "repository": "REGISTRY/REPO",
                "tag": "1.1-alpine",
                "digest": "DIGEST"
              }
            ]
            '''.stripIndent()
    }

    def 'what a tag that stays leads to is not deleted'() {
        given:
        run "copy REGISTRY/$repository:1.0 REGISTRY/$repository:old"
        put "$repository:all", Index.of([get("$repository:1.1"), Image.scratch(Platform.parse('linux/arm64'))])

        expect:
        prune('--keep=1 --delete --tags=1.?') == ''
        tags() == "$ALL all old".split(' ').sort().join(' ')
        prune('--keep=1 --delete --tags=1.*') == 'REGISTRY/REPO:1.1-alpine@…\nREGISTRY/REPO:1.2@…\n'
        tags() == '1 1.0 1.1 1.10 1.2-alpine 2 all edge latest old'
    }

    def 'the newest of each kind: #count'() {
        expect:
        davit('-e', "def t = tags('${server.address()}/$repository'); println t.olderThanNewest($count)") == "$old\n"

        where:
        count || old
        1     || '[1, 1.0, 1.1, 1.1-alpine, 1.2]'
        2     || '[1.0, 1.1]'
        3     || '[1.0]'
        4     || '[]'
    }
}
