package dev.davit.registry

import dev.davit.Peers
import dev.davit.auth.Credentials
import dev.davit.auth.Keychain
import dev.davit.image.Image
import dev.davit.image.Index
import dev.davit.image.Platform
import spock.lang.Requires

/** Davit and skopeo, each reading what the other wrote to the distribution project's registry. */
@Requires(value = { Peers.has('skopeo') && Peers.has(RealRegistry.PROGRAM) }, reason = 'skopeo or docker-registry is not installed')
class SkopeoSpec extends ClientSpecification {

    @Override
    TestRegistry start() {
        RealRegistry.start()
    }

    def 'skopeo reads what Davit pushed'() {
        given:
        def name = tagged(fresh())
        def index = Samples.index()
        client.put(name, index)

        expect:
        Peers.run('skopeo', 'inspect', '--raw', '--tls-verify=false', "docker://$name").bytes == index.manifest().bytes()
        copy(name, name.withTag('copy')) == ''
    }

    /** Skopeo packs plain layers unless digests are to stay. */
    private static String copy(Object from, Object to) {
        Peers.run('skopeo', 'copy', '--quiet', '--all', '--preserve-digests', '--src-tls-verify=false',
                '--dest-tls-verify=false', "docker://$from", "docker://$to")
    }

    def 'Davit reads what skopeo copied, and then has nothing to copy'() {
        given:
        def (from, to) = [tagged(fresh()), tagged(fresh())]
        def index = Samples.index()
        client.put(from, index)
        copy(from, to)
        exchanges.clear()

        when:
        client.put(to, client.get(from))
        def requests = exchanges.size()

        then:
        requests == 2
        client.get(to).digest() == index.digest()
        (client.get(to) as Index).platform(Platform.parse('linux/amd64')).layers()*.blob()*.bytes()*.length == [5000, 3000]
    }

    def 'a registry with a password file takes what it is sent and refuses a wrong password in one sentence'() {
        given:
        def own = RealRegistry.startWithPassword()
        def name = tagged(fresh(own.host))
        def image = Samples.image([Samples.layer(5000, 1)])

        when:
        client { keychain(Keychain.of(own.host, Credentials.of('alice', 'secret'))) }.withCloseable {
            it.put(name, image)
            assert (it.get(name) as Image).layers()[0].blob().bytes().length == 5000
        }
        client { keychain(Keychain.of(own.host, Credentials.of('alice', 'wrong'))) }.withCloseable { it.get(name) }

        then:
        def e = thrown(RegistryException)
        e.message == "GET http://$own.host/v2/${name.repository().path()}/manifests/x: " +
                "401 UNAUTHORIZED: authentication required (user 'alice')"

        cleanup:
        own.close()
    }
}
