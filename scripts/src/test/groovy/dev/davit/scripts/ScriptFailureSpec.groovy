package dev.davit.scripts

import dev.davit.server.RegistryServer

class ScriptFailureSpec extends RunnerSpecification {

    def 'a misspelt verb is shown in its line, with what was meant'() {
        given:
        write 'recipes/site.groovy', '''\
            #!/usr/bin/env davit
            def port = 8080

            scratch('linux/amd64')
                .withEvn(NGINX_PORT: port)
                .save('site.tar')
            '''.stripIndent()

        expect:
        davit('recipes/site.groovy') == '''\
! error: an image has no 'withEvn'; did you mean 'withEnv'?
!   --> recipes/site.groovy:5:6
!    |
!  5 |     .withEvn(NGINX_PORT: port)
!    |      ^^^^^^^
exit 1
'''
    }

    def 'a script fails at its place, of whatever kind the failure is: #script'() {
        given:
        write 'a.groovy', script

        expect:
        davit('a.groovy') == report.stripIndent()

        where:
        script | report
        "remote 'UPPER'" | '''\
            ! error: malformed reference 'UPPER': malformed repository 'UPPER': expected lower-case letters, digits and single separators (. _ __ -) in parts divided by /, such as library/nginx
            !   --> a.groovy:1:1
            !    |
            !  1 | remote 'UPPER'
            !    | ^^^^^^
            exit 1
            '''
        "layer {\n  file 'no.txt', '/no.txt'\n}" | '''\
            ! error: layer: file 'no.txt' not found (looked for FOLDER/no.txt)
            !   --> a.groovy:2:3
            !    |
            !  2 |   file 'no.txt', '/no.txt'
            !    |   ^^^^
            exit 1
            '''
        "println remote('localhost:1/x:1').digest" | '''\
            ! error: GET http://localhost:1/v2/x/manifests/1: cannot reach localhost: connection refused
            !   --> a.groovy:1:9
            !    |
            !  1 | println remote('localhost:1/x:1').digest
            !    |         ^^^^^^
            exit 1
            '''
        "println params.tag" | '''\
            ! error: this script has no parameters yet: say 'params { }' first
            !   --> a.groovy:1:9
            !    |
            !  1 | println params.tag
            !    |         ^^^^^^
            exit 1
            '''
        "params { option 'tag', 'dev', 'tag' }\nprintln params.tga" | '''\
            ! error: there is no parameter 'tga'; did you mean 'tag'?
            !   --> a.groovy:2:16
            !    |
            !  2 | println params.tga
            !    |                ^^^
            exit 1
            '''
        "params {\n  option 'tag', 'dev', 'tag', shrot: 't'\n}" | '''\
            ! error: 'shrot' says nothing about the parameter 'tag'; did you mean 'short'?
            !   --> a.groovy:2:31
            !    |
            !  2 |   option 'tag', 'dev', 'tag', shrot: 't'
            !    |                               ^^^^^
            exit 1
            '''
        "class Site { }" | '''\
            ! error: this is not a script: it begins with the class Site; put its statements first
            exit 1
            '''
    }

    def 'a wrong password is one sentence that says who was refused'() {
        given:
        def server = RegistryServer.start { it.credentials('davit', 'secret') }
        def auth = 'davit:wrong'.bytes.encodeBase64()
        write 'config.json', """{"auths": {"${server.address()}": {"auth": "$auth"}}}"""

        expect:
        davit('digest', "${server.address()}/x:1").replace(server.address(), 'REGISTRY') == '''\
! davit digest: HEAD http://REGISTRY/v2/x/manifests/1: 401 Unauthorized (user 'davit')
exit 1
'''

        cleanup:
        server.close()
    }

    def 'of a command that fails only the sentence is told, and with --trace everything'() {
        expect:
        davit('digest', 'localhost:1/x') == '''\
! davit digest: HEAD http://localhost:1/v2/x/manifests/latest: cannot reach localhost: connection refused
exit 1
'''
        davit(*words).readLines()[0..1]*.replaceFirst(/\(.*/, '') == [
                '! davit digest: HEAD http://localhost:1/v2/x/manifests/latest: cannot reach localhost: connection refused',
                '! dev.davit.registry.RegistryException: HEAD http://localhost:1/v2/x/manifests/latest: cannot reach localhost: connection refused']
        davit(*words).contains('digest.groovy:')

        where:
        words << [['--trace', 'digest', 'localhost:1/x'], ['digest', '--trace', 'localhost:1/x']]
    }
}
