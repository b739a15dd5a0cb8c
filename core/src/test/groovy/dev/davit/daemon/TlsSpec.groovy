package dev.davit.daemon

import dev.davit.Samples
import java.nio.file.Files
import java.nio.file.Path
import okhttp3.tls.HandshakeCertificates
import okhttp3.tls.HeldCertificate
import spock.lang.AutoCleanup
import spock.lang.Shared
import spock.lang.Specification
import spock.lang.TempDir

class TlsSpec extends Specification {

    @Shared HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build()
    @Shared HeldCertificate server = new HeldCertificate.Builder().addSubjectAlternativeName('localhost')
            .signedBy(authority).build()
    @Shared HeldCertificate elliptic = new HeldCertificate.Builder().signedBy(authority).build()
    @Shared HeldCertificate rsa = new HeldCertificate.Builder().rsa2048().signedBy(authority).build()

    @Shared @AutoCleanup
    TestEngine engine = TestEngine.startTls(new HandshakeCertificates.Builder().heldCertificate(server)
            .addTrustedCertificate(authority.certificate()).build().sslContext())
    @TempDir
    Path folder

    private Daemon connect() {
        Daemon.connect(DOCKER_HOST: "tcp://localhost:$engine.port".toString(), DOCKER_TLS_VERIFY: '1',
                DOCKER_CERT_PATH: folder.toString())
    }

    def 'an engine behind TLS is told who asks: #form'() {
        given:
        Files.writeString(folder.resolve('ca.pem'), authority.certificatePem())
        Files.writeString(folder.resolve('cert.pem'), client.certificatePem())
        Files.writeString(folder.resolve('key.pem'), key)
        def image = Samples.image('x' * 500_000)

        when:
        def daemon = connect()
        daemon.put('tls:v1', image)

        then:
        daemon.get('tls:v1').layers()*.diffId() == image.layers()*.diffId()

        cleanup:
        daemon?.close()

        where:
        form              | client   | key
        'PKCS #8'         | rsa      | rsa.privateKeyPkcs8Pem()
        'PKCS #1'         | rsa      | rsa.privateKeyPkcs1Pem()
        'elliptic curves' | elliptic | elliptic.privateKeyPkcs8Pem()
    }

    def 'an engine that another authority vouches for is not trusted'() {
        given:
        def other = new HeldCertificate.Builder().certificateAuthority(0).build()
        Files.writeString(folder.resolve('ca.pem'), other.certificatePem())

        when:
        connect()

        then:
        def e = thrown(DaemonException)
        e.message.startsWith("GET /_ping at tcp://localhost:$engine.port: no TLS connection: ")
    }

    def 'an engine that wants to know who asks refuses those who do not say it'() {
        given:
        Files.writeString(folder.resolve('ca.pem'), authority.certificatePem())

        when:
        connect()

        then:
        def e = thrown(DaemonException)
        e.status() == 0
    }

    def 'a file that is no key or no certificate is named: #file'() {
        given:
        Files.writeString(folder.resolve('ca.pem'), authority.certificatePem())
        Files.writeString(folder.resolve('cert.pem'), rsa.certificatePem())
        Files.writeString(folder.resolve('key.pem'), rsa.privateKeyPkcs8Pem())
        Files.writeString(folder.resolve(file), text)

        when:
        connect()

        then:
        def e = thrown(IOException)
        e.message.replace("$folder", 'certs') ==~ message

        where:
        file       | text                                                             || message
        'ca.pem'   | ''                                                               || 'certs/ca.pem has no certificate'
        'cert.pem' | 'hello'                                                          || 'the keys and certificates in certs cannot be used: .*'
        'key.pem'  | '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED' || 'certs/key.pem has no private key in the form that is read: expected an unencrypted one of PKCS #8, as openssl pkcs8 -topk8 -nocrypt writes it'
        'key.pem'  | '-----BEGIN RSA PRIVATE KEY-----\nAA==\n-----END RSA'            || 'the keys and certificates in certs cannot be used: .*'
    }
}
