package dev.davit.dsl

import dev.davit.server.RegistryServer
import java.nio.file.Files
import spock.lang.AutoCleanup
import spock.lang.Shared

class AccountsSpec extends ScriptSpecification {

    static final SECRET = 'hunter2'

    @Shared @AutoCleanup RegistryServer server = RegistryServer.start { it.credentials('ann', SECRET) }

    /** REGISTRY stands for a registry that knows ann. */
    @Override
    Object evaluate(String script) {
        super.evaluate(script.replace('REGISTRY', server.address()))
    }

    void keep(String place, String user, String password) {
        write(place, """{"auths":{"${server.address()}":{"auth":"${"$user:$password".bytes.encodeBase64()}"}}}""")
    }

    def 'a script gives credentials for a registry, or for what lies in it, before all others: #given'() {
        given:
        keep('.docker/config.json', 'ann', 'old')

        expect:
        evaluate("$given; scratch().push('REGISTRY/team/app:1'); tags('REGISTRY/team/app')") == ['1']

        where:
        given << ["credentials 'REGISTRY', user: 'ann', password: '$SECRET'",
                  "credentials('REGISTRY/team', user: 'ann', password: '$SECRET'); credentials 'REGISTRY', user: 'x', password: 'y'",
                  "credentials 'REGISTRY/team/app', password: \"${'$'}{'$SECRET'}\", user: 'ann'"]
    }

    def 'what is known is told without its secret: #given'() {
        expect:
        evaluate("$given; credentials('example.com/team/app').toString()") == known
        evaluate("$given; println credentials('example.com/team/app')") == null
        out.toString() == "$known\n"

        where:
        given                                                  || known
        "credentials 'example.com', user: 'ann', password: 's'" || "user 'ann'"
        "credentials 'example.com', token: 's'"                || 'a registry token'
        "credentials 'example.com', identityToken: 's'"        || 'an identity token'
        '1'                                                    || 'no credentials'
    }

    def 'credentials that cannot be are refused, and never shown: #said'() {
        when:
        def report = failure(said)

        then:
        report.startsWith("error: $message\n")
        !report.contains(SECRET)

        where:
        said                                                                 || message
        "credentials 'example.com', user: 'ann', pasword: '$SECRET'"         || "'pasword' says nothing to 'credentials'; did you mean 'password'?"
        "credentials 'example.com', user: '', password: '$SECRET'"           || 'incomplete credentials: expected user: and password:, or token: alone'
        "credentials 'example.com', token: '$SECRET', user: 'ann'"           || 'incomplete credentials: expected user: and password:, or token: alone'
        "credentials 'team/app', user: 'ann', password: '$SECRET'"           || "malformed registry 'team/app': expected a registry and maybe a path in it, such as registry.example.com/team"
        "credentials 1, 'example.com', [password: '$SECRET']"                || "'credentials' does not take (Integer, String, LinkedHashMap); it takes (Map, Object) or (Object)"
        "credentials 'a.b', user: 'ann',\n pasword: '$SECRET'"               || "'pasword' says nothing to 'credentials'; did you mean 'password'?"
        "def password = '$SECRET'; credentials 'a', 'b', password"           || "'credentials' does not take (String, String, String); it takes (Map, Object) or (Object)"
        "login 'example.com/a', user: 'ann', password: '$SECRET'"            || "malformed registry 'example.com/a': expected a host name and maybe a port, such as registry.example.com:5000"
    }

    def 'nor are they in a stack trace'() {
        when:
        evaluate("login('example.com', 'ann', '$SECRET')")

        then:
        def e = thrown(MissingMethodException)
        Secrecy.trace(e).startsWith("groovy.lang.MissingMethodException: no form of 'login' takes these arguments\n")
        Secrecy.trace(e).contains('\tat test.run(test.groovy:1)')
        !Secrecy.trace(e).contains(SECRET)
    }

    def 'the caret stays below its name where a secret is left out of the line'() {
        expect:
        failure("def password = '$SECRET'; scratch().withEvn(A: 1)") == '''\
            error: an image has no 'withEvn'; did you mean 'withEnv'?
              --> test.groovy:1:37
               |
             1 | def password = '…'; scratch().withEvn(A: 1)
               |                               ^^^^^^^'''.stripIndent()
    }

    def 'the pull secrets of a file or a mounted folder count: #path'() {
        given:
        keep('mounted/.dockerconfigjson', 'ann', SECRET)

        expect:
        evaluate("pullSecrets '$path'; catalog('REGISTRY')") instanceof List

        where:
        path << ['mounted', 'mounted/.dockerconfigjson']
    }

    def 'the pull secrets of a cluster are asked for when they are needed'() {
        expect:
        failure("pullSecrets namespace: 'ci', secrets: ['a']; catalog('${server.address()}')")
                .startsWith('error: this process runs in no Kubernetes cluster: KUBERNETES_SERVICE_HOST is not set')
        failure("pullSecrets namspace: 'ci'").startsWith("error: 'namspace' says nothing to 'pullSecrets'; did you mean 'namespace'?")
    }

    def 'login verifies and keeps, and what runs on is logged in; logout forgets'() {
        expect:
        evaluate("login('REGISTRY', user: 'ann', password: '$SECRET').fileName.toString()") == 'config.json'
        evaluate("catalog('REGISTRY')") instanceof List
        evaluate("logout 'REGISTRY'; credentials('REGISTRY').toString()") == 'no credentials'
        evaluate("logout 'REGISTRY'")
        err.toString() == "warning: nobody is logged in to ${server.address()}\n"
    }

    def 'login with a wrong password keeps nothing, and says whom it was for'() {
        when:
        def report = failure("login '${server.address()}', user: 'ann', password: 'wrong-$SECRET'")

        then:
        report.startsWith("error: GET http://${server.address()}/v2/: 401 UNAUTHORIZED: ")
        report.readLines().first().endsWith("(user 'ann')")
        !report.contains(SECRET)
        !Files.exists(folder.resolve('.docker'))
    }

    def 'who logs in meanwhile is known at once'() {
        expect:
        evaluate("""
            try { catalog('REGISTRY') } catch (IOException e) { println 'denied' }
            login('REGISTRY', user: 'ann', password: '$SECRET')
            catalog('REGISTRY').size() >= 0
            """)
        out.toString() == 'denied\n'
    }

    def 'a registry that asks nobody does not verify'() {
        given:
        def open = RegistryServer.start()

        when:
        evaluate("login '${open.address()}', user: 'ann', password: '$SECRET'")

        then:
        err.toString() == "warning: ${open.address()} asks for no credentials: these are kept, and nobody has verified them\n"

        cleanup:
        open.close()
    }
}
