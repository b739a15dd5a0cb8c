package dev.davit.registry

import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext
import javax.net.ssl.TrustManagerFactory
import okhttp3.tls.HeldCertificate

/** An authority that nobody knows, and those that it vouches for. */
final class Certificates {

    static final char[] PASSWORD = 'password'.toCharArray()
    private static final Set<SSLContext> ASKING = Collections.newSetFromMap(new IdentityHashMap<>())

    final HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).commonName('authority').build()

    HeldCertificate issued(boolean rsa = false, String name = 'localhost') {
        def builder = new HeldCertificate.Builder().signedBy(authority).commonName(name).addSubjectAlternativeName(name)
        rsa ? builder.rsa2048().build() : builder.build()
    }

    /** What a server needs that calls itself by this name; it wants clients to show a certificate if that is said. */
    SSLContext server(boolean asksClients = false, String name = 'localhost') {
        def own = issued(false, name)
        def keys = store().tap { setKeyEntry('own', own.keyPair().private, PASSWORD, own.certificate(), authority.certificate()) }
        def keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.defaultAlgorithm).tap { init(keys, PASSWORD) }
        def trusted = store().tap { setCertificateEntry('authority', authority.certificate()) }
        def trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.defaultAlgorithm).tap { init(trusted) }
        def context = SSLContext.getInstance('TLS').tap { init(keyManagers.keyManagers, trustManagers.trustManagers, null) }
        if (asksClients) {
            ASKING << context
        }
        context
    }

    static boolean asksClients(SSLContext context) {
        context in ASKING
    }

    Path authorityFile(Path file) {
        Files.createDirectories(file.parent)
        Files.writeString(file, 'Our authority:\n' + authority.certificatePem())
    }

    private static KeyStore store() {
        KeyStore.getInstance(KeyStore.defaultType).tap { load(null, PASSWORD) }
    }
}
