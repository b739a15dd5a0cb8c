package dev.davit.auth

import java.nio.file.Files
import java.nio.file.Path
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

/** A cluster is a server that answers as the Kubernetes API documents. */
class ClusterSecretsSpec extends Specification {

    static final TOKEN = 'account-token'

    @Shared @TempDir Path shared
    @Shared Certificates certificates = Certificates.into(shared.resolve('tls'))
    @TempDir Path folder
    @AutoCleanup Service api = new Service(certificates.server)
    List<String> warnings = []

    def setup() {
        Files.copy(certificates.folder.resolve('ca.crt'), folder.resolve('ca.crt'))
        Files.writeString(folder.resolve('token'), "$TOKEN\n")
        Files.writeString(folder.resolve('namespace'), 'ci')
        serve('serviceaccounts/default', [kind: 'ServiceAccount', imagePullSecrets: [[name: 'first'], [name: 'second']]])
        serve('secrets/first', secret('first', ['example.com': 'ann', 'example.com/team': 'ben']))
        serve('secrets/second', secret('second', ['example.com': 'cleo', 'quay.io': 'dora']))
        serve('secrets/named', secret('named', ['example.com': 'erin']))
    }

    void serve(String name, Map answer) {
        api.on("GET /api/v1/namespaces/ci/$name") {
            it.headers.authorization == "Bearer $TOKEN" ? answer : [401, [kind: 'Status', message: 'Unauthorized', code: 401]]
        }
    }

    static Map secret(String name, Map<String, String> users) {
        [kind: 'Secret', metadata: [name: name], type: 'kubernetes.io/dockerconfigjson',
         data: ['.dockerconfigjson': PullSecretsSpec.auths(users).bytes.encodeBase64() as String]]
    }

    Keychain keychain(Closure block = {}) {
        PullSecrets.ofCluster { cluster ->
            cluster.folder(folder).warnings(warnings::add)
                    .environment([KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: api.host.split(':')[1]])
            cluster.with(block)
        }
    }

    def 'the pull secrets of the account count, the first one first'() {
        given:
        def keychain = keychain()

        expect:
        PullSecretsSpec.user(keychain, 'example.com/x') == 'ann'
        PullSecretsSpec.user(keychain, 'example.com/team/x') == 'ben'
        PullSecretsSpec.user(keychain, 'quay.io/x') == 'dora'
        PullSecretsSpec.user(keychain, 'ghcr.io/x') == ''

        and: 'each is asked for once'
        api.asked*.line == ['serviceaccounts/default', 'secrets/first', 'secrets/second'].collect {
            "GET /api/v1/namespaces/ci/$it".toString()
        }
    }

    def 'secrets that are named come before those of the account, or stand alone'() {
        expect:
        PullSecretsSpec.user(keychain { secrets('named', 'first') }, 'example.com/x') == 'erin'
        PullSecretsSpec.user(keychain { secrets('named').serviceAccount('') }, 'quay.io/x') == ''
        PullSecretsSpec.user(keychain { namespace('ci').secrets('named').serviceAccount('') }, 'example.com/x') == 'erin'
    }

    def 'what is not there is warned of'() {
        expect:
        PullSecretsSpec.user(keychain { secrets('gone', 'named').serviceAccount('nobody') }, 'example.com/x') == 'erin'
        warnings == ['namespace ci has no service account nobody', 'namespace ci has no secret gone']
    }

    def 'who may not read secrets is told so'() {
        given:
        api.on('GET /api/v1/namespaces/ci/secrets/first') {
            [403, [kind: 'Status', reason: 'Forbidden', code: 403, message: 'secrets "first" is forbidden: User "ci" cannot get']]
        }

        when:
        keychain().credentials('example.com', 'x')

        then:
        def e = thrown(IOException)
        e.message == "GET https://127.0.0.1:${api.host.split(':')[1]}/api/v1/namespaces/ci/secrets/first: 403 " +
                'secrets "first" is forbidden: User "ci" cannot get'
    }

    def 'a refused token is not shown'() {
        given:
        Files.writeString(folder.resolve('token'), 'wrong-token')

        when:
        keychain().credentials('example.com', 'x')

        then:
        def e = thrown(IOException)
        e.message.endsWith('/serviceaccounts/default: 401 Unauthorized')
    }

    def 'a server that the cluster does not vouch for is told nothing'() {
        given:
        Files.copy(Certificates.into(folder.resolve('other')).folder.resolve('ca.crt'), folder.resolve('ca2.crt'))
        Files.move(folder.resolve('ca2.crt'), folder.resolve('ca.crt'), java.nio.file.StandardCopyOption.REPLACE_EXISTING)

        when:
        keychain().credentials('example.com', 'x')

        then:
        thrown(IOException)
        api.asked == []
    }

    def 'a process outside of a cluster is told so'() {
        when:
        keychain { environment([:]) }.credentials('example.com', 'x')

        then:
        def e = thrown(IOException)
        e.message == 'this process runs in no Kubernetes cluster: KUBERNETES_SERVICE_HOST is not set'
    }
}
