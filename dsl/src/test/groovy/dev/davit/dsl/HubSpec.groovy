package dev.davit.dsl

import dev.davit.server.Interceptor.Answer
import dev.davit.server.RegistryServer
import spock.lang.AutoCleanup

/** Docker Hub, and tags that move; DAVIT_HUB stands for a server that answers as the Hub does. */
class HubSpec extends ScriptSpecification {

    static final NGINX = '{"name":"nginx","badge":"official","publisher":{"name":"Docker"},"star_count":21268,' +
            '"pull_count":"1B+","updated_at":"2026-02-05T10:20:30Z","short_description":"Official build of Nginx."}'

    @AutoCleanup
    RegistryServer server = RegistryServer.start {
        it.interceptor { method, path, headers -> Optional.ofNullable(answer(path)) }
    }

    private static Answer answer(String path) {
        path.startsWith('/api/search/v4?') ? new Answer(200, [:], "{\"results\":[$NGINX]}".bytes)
                : path.contains('ratelimitpreview') ? new Answer(200, ['ratelimit-limit': '100;w=21600',
                'ratelimit-remaining': '76;w=21600', 'docker-ratelimit-source': '192.0.2.1'], new byte[0])
                : null
    }

    def setup() {
        environment = [DAVIT_HUB: server.address()]
    }

    def 'the hub is searched: #expression'() {
        expect:
        evaluate("String.valueOf($expression)") == value
        server.requests()*.path() == [path]

        where:
        expression                                                  || value                              | path
        "hub.search('nginx')*.name"                                 || '[nginx]'                          | '/api/search/v4?query=nginx&type=image&from=0&size=25'
        "hub.search('nginx', limit: 1, official: true)[0].official" || 'true'                             | '/api/search/v4?query=nginx&type=image&from=0&size=1&badges=official'
        "hub.search('x', limit: 1).first().with { [badge, publisher, pulls, stars, updated, description] }" ||
                '[official, Docker, 1B+, 21268, 2026-02-05T10:20:30Z, Official build of Nginx.]' | '/api/search/v4?query=x&type=image&from=0&size=1'
        'hub.rateLimit'                                             || '76 of 100 pulls in 6 hours for 192.0.2.1 are left' | '/v2/ratelimitpreview/test/manifests/latest'
        'hub.rateLimit.with { [limit, remaining, window, source] }' || '[100, 76, PT6H, 192.0.2.1]'       | '/v2/ratelimitpreview/test/manifests/latest'
    }

    def 'an option that a search does not have is an error'() {
        expect:
        failure("hub.search('x', limt: 1)").startsWith("error: there is no option 'limt'; did you mean 'limit'? " +
                '(options are limit, official)')
    }

    def 'tags are chosen by version, and their parts are properties'() {
        expect:
        evaluate("""
            ['7.2.4-bookworm', '7.2.10-bookworm', '7.2.10', '7.4-rc1-bookworm', 'latest'].each {
                scratch().push("${server.address()}/redis:\$it")
            }
            def newest = tags('${server.address()}/redis').matching('7.*-bookworm').newest
            [newest, tags('${server.address()}/redis').versions, tagsIfAny('${server.address()}/none').stable,
             dev.davit.ref.Tag.parse(newest).with { [version, os, variant, date, suffix, stable] }] as String
        """) == '[7.2.10-bookworm, [7.2.4, 7.2.10, 7.4-rc1], [], [7.2.10, bookworm, null, null, bookworm, true]]'
    }

    def 'a session that is told to warns of a tag that moves, once for each reference: #said'() {
        when:
        evaluate("""
            scratch().push('${server.address()}/app:latest')
            ${Session.name}.current().warnOfMovingTags('site.groovy')
            2.times { remote("${said.replace('HOST', server.address())}") }
        """)

        then:
        err.toString().replace(server.address(), 'HOST') == warning

        where:
        said                  || warning
        'HOST/app'            || "warning: site.groovy: 'HOST/app' means HOST/app:latest, which moves; name a version\n"
        'HOST/app:latest'     || "warning: site.groovy: 'HOST/app:latest' moves; name a version\n"
        'HOST/app:latest@sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105' || ''
        'HOST/app@sha256:c9464022aa16b341eaa64531d7e1e404c678e658247b7f7a8e8ca7c0ae568105' || ''
    }

    def 'without that, nothing is said of tags that move'() {
        when:
        evaluate("scratch().push('${server.address()}/app'); remote('${server.address()}/app')")

        then:
        err.toString() == ''
    }
}
