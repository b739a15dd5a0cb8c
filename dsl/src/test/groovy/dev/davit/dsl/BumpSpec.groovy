package dev.davit.dsl

import dev.davit.json.Json
import dev.davit.registry.RegistryClient
import dev.davit.server.RegistryServer
import spock.lang.AutoCleanup
import spock.lang.Shared

/** What may take the place of a base. */
class BumpSpec extends ScriptSpecification {

    @Shared @AutoCleanup RegistryServer server = RegistryServer.start()
    @Shared @AutoCleanup RegistryClient client = RegistryClient.create()

    /** Images by their tags, with a package of the version that is said; what the tags stand for. */
    Map<String, String> push(String repository, Map<String, String> tags) {
        tags.collectEntries { tag, version ->
            def image = evaluate("""
                scratch().append { text '/var/lib/dpkg/status', 'Package: libc6\\nStatus: install ok installed\\nArchitecture: amd64\\nVersion: $version\\n' }
                    .withEnv(VERSION: '$version')
            """)
            client.put("${server.address()}/$repository:$tag", image)
            [tag, image.digest() as String]
        }
    }

    def 'a newer tag of the same kind may take the place of #tag'() {
        given:
        def digests = push('tags', ['1.2': 'a', '1.3': 'b', '2.0': 'c', '2.1-rc1': 'd', '1.2.1': 'e', '1.2-slim': 'f', '1.4-slim': 'g',
                '1.2-bookworm': 'h', '1.3-bookworm': 'i', '1.4-trixie': 'j', 'latest': 'k'])

        expect:
        evaluate("bump('${server.address()}/tags:$tag', '${digests[tag]}' $options)").with {
            [it.to().tag().get(), it.after() as String, it.isStale()]
        } == [newest, digests[newest], newest != tag]

        where:
        tag            | options                  || newest
        '1.2'          | ''                       || '2.0'
        '1.2'          | ", matching: '1.*'"      || '1.3'
        '1.2'          | ', sameTag: true'        || '1.2'
        '2.0'          | ''                       || '2.0'
        '1.2-slim'     | ''                       || '1.4-slim'
        '1.2-bookworm' | ''                       || '1.3-bookworm'
        '1.2-bookworm' | ', system: true'         || '1.4-trixie'
        'latest'       | ''                       || 'latest'
        '1.2.1'        | ''                       || '1.2.1'
    }

    def 'a tag that has moved is stale, and what changed is told'() {
        given:
        def was = push('moved', ['12': '2.36-9'])['12']
        def now = push('moved', ['12': '2.36-10'])['12']
        def bump = evaluate("bump('${server.address()}/moved:12', '$was')") as Bump

        expect:
        bump.toString().replace(server.address(), 'REGISTRY').replace(was, 'WAS').replace(now, 'NOW') == '''\
            REGISTRY/moved:12 has moved
              WAS -> NOW
              linux/amd64, 854 B -> 856 B
                files: 1 changed
                config: 1 changed
                packages: 1 upgraded
                  ~ config.Env.VERSION: "2.36-9" -> "2.36-10"
                  ~ libc6 2.36-9 -> 2.36-10 amd64'''.stripIndent()
        bump.markdown().replace(server.address(), 'REGISTRY').replace(was, 'WAS').replace(now, 'NOW') == '''\
            ### `REGISTRY/moved:12` has moved

            `WAS` → `NOW`

            **linux/amd64, 854 B -> 856 B**

            - files: 1 changed
            - config: 1 changed
            - packages: 1 upgraded

            | package | | before | after |
            |---|---|---|---|
            | libc6 | upgraded | 2.36-9 | 2.36-10 |

            <details><summary>config</summary>

                ~ config.Env.VERSION: "2.36-9" -> "2.36-10"

            </details>

            <details><summary>files</summary>

                ~ /var/lib/dpkg/status: content 80 B -> 81 B

            </details>
            '''.stripIndent()
    }

    def 'what becomes of each package is told: upgraded, downgraded, added or removed'() {
        given:
        def status = { Map<String, String> versions -> versions.collect { name, version ->
            "Package: $name\\nStatus: install ok installed\\nArchitecture: amd64\\nVersion: $version\\n" }.join('\\n') }
        def image = { tag, Map<String, String> versions -> evaluate("""scratch()
            .append { text '/var/lib/dpkg/status', '${status(versions)}' }.push('${server.address()}/packages:$tag').toString()""") }
        def was = (image('1', [a: '1.0', b: '1:1.0', c: '1', e: '1.0']) as String).replaceFirst(/.*@/, '')
        image('1', [a: '1.0.1', b: '2.0', d: '1', e: '1.00'])
        def bump = evaluate("bump('${server.address()}/packages:1', '$was')") as Bump

        expect:
        bump.toString().readLines().drop(4)*.strip() == ['packages: 1 added, 1 removed, 1 upgraded, 1 downgraded, 1 changed',
                '~ a 1.0 -> 1.0.1 amd64', '~ b 1:1.0 -> 2.0 amd64, downgraded', '- c 1 amd64', '+ d 1 amd64', '~ e 1.0 -> 1.00 amd64']
        bump.markdown().readLines().findAll { it.startsWith('|') }.drop(2) == ['| a | upgraded | 1.0 | 1.0.1 |',
                '| b | downgraded | 1:1.0 | 2.0 |', '| c | removed | 1 |  |', '| d | added |  | 1 |', '| e | changed | 1.0 | 1.00 |']
    }

    def 'a reference with a digest keeps one'() {
        given:
        def digests = push('pinned', ['1.0': 'a', '1.1': 'b'])

        expect:
        evaluate("bump('${server.address()}/pinned:1.0@${digests['1.0']}', '${digests['1.0']}')").to() as String ==
                "${server.address()}/pinned:1.1@${digests['1.1']}"
        !evaluate("bump('${server.address()}/pinned@${digests['1.0']}', '${digests['1.0']}')").isStale()
    }

    def 'what is gone from the registry cannot be compared'() {
        given:
        push('gone', ['1.0': 'a'])
        def bump = evaluate("bump('${server.address()}/gone:1.0', 'sha256:${'0' * 64}')") as Bump

        expect:
        bump.stale
        bump.toString().endsWith('what it was is gone from the registry, so what would change is not known')
        bump.markdown().contains('What it was is gone')
    }

    def 'a bump is printed as JSON'() {
        given:
        def digests = push('json', ['1.0': 'a', '1.1': 'b'])
        evaluate("printJson([bump('${server.address()}/json:1.0', '${digests['1.0']}')])")
        def printed = Json.read(out.toByteArray(), 'the output')[0]

        expect:
        printed.subMap('before', 'after', 'stale') == [before: digests['1.0'], after: digests['1.1'], stale: true]
        printed.to == "${server.address()}/json:1.1" as String
        printed.difference.images[0].packages == [[kind: 'deb', name: 'libc6', architecture: 'amd64', change: 'upgraded', before: 'a', after: 'b']]
    }
}
