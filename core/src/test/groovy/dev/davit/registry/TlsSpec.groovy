package dev.davit.registry

import dev.davit.image.Image
import java.nio.file.Files
import java.nio.file.Path
import okhttp3.tls.HeldCertificate
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.TempDir

/** Registries with HTTPS whose certificates come from an authority that only some know. */
class TlsSpec extends ClientSpecification {

    @Shared Certificates certificates = new Certificates()
    @Shared @AutoCleanup Front front = new Front(registry.host, certificates.server())
    @Shared @AutoCleanup Front asking = new Front(registry.host, certificates.server(true))
    @TempDir Path folder

    private void pushesAndPulls(String host, Closure block) {
        def name = tagged(fresh(host))
        client(block).withCloseable {
            it.put(name, Samples.image([Samples.layer(70_000, 1)]))
            assert (it.get(name) as Image).layers()[0].blob().bytes() == Samples.bytes(70_000, 1)
        }
        assert exchanges*.uri.every { it.scheme == 'https' }
    }

    private Exception refusal(String host, Closure block) {
        try {
            client(block).withCloseable { it.ping(host) }
            return null
        } catch (IOException e) {
            return e
        }
    }

    def 'an authority that is named may vouch for a registry'() {
        given:
        def file = certificates.authorityFile(folder.resolve('ca.pem'))

        expect:
        pushesAndPulls(front.host) { host(front.host) { it.ca(file) } }
        refusal(front.host) { host(front.host) { it.http(false) } }.message
                .startsWith("GET https://$front.host/v2/: the certificate of localhost is not trusted: ")
    }

    def 'the authority must vouch for this very name'() {
        given:
        def file = certificates.authorityFile(folder.resolve('ca.pem'))
        def other = new Front(registry.host, certificates.server(false, 'registry.example.com'))

        expect:
        refusal(other.host) { host(other.host) { it.ca(file) } }.message
                .startsWith("GET https://$other.host/v2/: the certificate of localhost is not trusted: ")

        cleanup:
        other.close()
    }

    def 'any certificate will do for an insecure host, and for no other'() {
        given:
        def other = new Front(registry.host, certificates.server())

        expect:
        pushesAndPulls(front.host) { insecure(front.host) }
        pushesAndPulls(front.host) { host(front.host) { it.insecure(true) } }
        refusal(other.host) { insecure(front.host).host(other.host) { it.http(false) } }.message.contains('is not trusted')

        cleanup:
        other.close()
    }

    def 'an insecure host that speaks no TLS is spoken to in plain HTTP'() {
        given:
        def name = tagged(fresh())

        when:
        client { insecure(registry.host) }.withCloseable {
            it.put(name, Samples.image([Samples.layer(70_000, 1)]))
            it.get(name).digest()
        }

        then:
        exchanges[0].uri.scheme == 'https'
        exchanges[0].status == 0
        exchanges.drop(1).every { it.uri.scheme == 'http' && it.status > 0 }
        client.get(name) instanceof Image
    }

    def 'a host that was said to speak HTTPS is never spoken to in plain HTTP'() {
        expect:
        refusal(registry.host) { host(registry.host) { it.insecure(true).http(false) } }.message
                .startsWith("GET https://$registry.host/v2/: no TLS connection to localhost: ")
    }

    def 'a client shows its certificate, with a key in the form #form'() {
        given:
        def file = certificates.authorityFile(folder.resolve('ca.pem'))
        def own = certificates.issued(rsa)
        def chain = Files.writeString(folder.resolve('own.pem'), own.certificatePem())
        def key = Files.writeString(folder.resolve('own.key'), pem(own))

        expect:
        pushesAndPulls(asking.host) { host(asking.host) { it.ca(file).certificate(chain, key) } }

        where:
        form            | rsa   | pem
        'PKCS#8 of RSA' | true  | { HeldCertificate c -> c.privateKeyPkcs8Pem() }
        'PKCS#8 of EC'  | false | { HeldCertificate c -> c.privateKeyPkcs8Pem() }
        'PKCS#1'        | true  | { HeldCertificate c -> c.privateKeyPkcs1Pem() }
        'SEC1'          | false | { HeldCertificate c -> sec1(c) }
    }

    /** The key alone, as openssl writes it, out of its PKCS#8 form: the octets at its end. */
    private static String sec1(HeldCertificate certificate) {
        byte[] pkcs8 = certificate.keyPair().private.encoded
        int at = (0..<pkcs8.length).find { pkcs8[it] == 0x04 && it + 2 + (pkcs8[it + 1] & 0xff) == pkcs8.length }
        "-----BEGIN EC PRIVATE KEY-----\n${Base64.mimeEncoder.encodeToString(pkcs8[(at + 2)..-1] as byte[])}\n" +
                '-----END EC PRIVATE KEY-----\n'
    }

    def 'a client without a certificate is turned away where one is wanted'() {
        given:
        def file = certificates.authorityFile(folder.resolve('ca.pem'))

        expect:
        refusal(asking.host) { host(asking.host) { it.ca(file) }.retries(0) } != null
    }

    def 'certificates are found in #place'() {
        given:
        def own = certificates.issued()
        def certs = folder.resolve(place).resolve(asking.host)
        certificates.authorityFile(certs.resolve('ca.crt'))
        Files.writeString(certs.resolve('client.cert'), own.certificatePem())
        Files.writeString(certs.resolve('client.key'), own.privateKeyPkcs8Pem())

        expect:
        pushesAndPulls(asking.host) {
            environment([HOME: folder.resolve('home') as String] + variables.collectEntries { name, value ->
                [name, folder.resolve(value) as String]
            })
            systemFolder = folder.resolve('etc')
        }

        where:
        place                            | variables
        'etc/docker/certs.d'             | [:]
        'etc/containers/certs.d'         | [:]
        'home/.docker/certs.d'           | [:]
        'home/.config/docker/certs.d'    | [:]
        'home/.config/containers/certs.d' | [:]
        'xdg/containers/certs.d'         | [XDG_CONFIG_HOME: 'xdg']
    }

    def 'the folder of the user counts, and what the client is told counts more'() {
        given:
        def etc = folder.resolve('etc/docker/certs.d').resolve(front.host)
        def home = folder.resolve('home/.config/containers/certs.d').resolve(front.host)
        certificates.authorityFile(etc.resolve('ca.crt'))
        new Certificates().authorityFile(home.resolve('ca.crt'))
        def found = { environment([HOME: folder.resolve('home') as String]).systemFolder = folder.resolve('etc') }

        expect:
        refusal(front.host, found).message.contains('is not trusted')
        refusal(front.host) { it.with(found); host(front.host) { it.ca(etc.resolve('ca.crt')) } } == null
    }

    def '#what is one sentence that names the file'() {
        given:
        def own = certificates.issued()
        def certs = Files.createDirectories(folder.resolve('etc/docker/certs.d').resolve(front.host))
        files.each { name, content -> Files.writeString(certs.resolve(name), content(own)) }

        expect:
        refusal(front.host) { environment([HOME: folder as String]).systemFolder = folder.resolve('etc') }.message
                .startsWith(message.replace('$', certs as String))

        where:
        what                      | files                                                                       || message
        'a missing key'           | ['a.cert': { it.certificatePem() }]                                         || '$/a.cert: the key to this certificate is missing: expected $/a.key'
        'an authority that is none' | ['a.crt': { 'hello' }]                                                    || '$/a.crt: no certificate in it: expected PEM'
        'a damaged authority'     | ['a.crt': { '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' }] || '$/a.crt: malformed certificate: '
        'a key that is none'      | ['a.cert': { it.certificatePem() }, 'a.key': { 'hello' }]                   || '$/a.key: no private key in it: expected PEM'
        'an encrypted key'        | ['a.cert': { it.certificatePem() }, 'a.key': { '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----' }] || '$/a.key: the private key is encrypted: expected one that is not'
        'a key of another kind'   | ['a.cert': { it.certificatePem() }, 'a.key': { new HeldCertificate.Builder().rsa2048().build().privateKeyPkcs8Pem() }] || '$/a.key: malformed private key, or not one of the certificate\'s kind, EC: '
    }
}
