package dev.davit.registry

import com.sun.net.httpserver.HttpsConfigurator
import com.sun.net.httpserver.HttpsServer
import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext

/** An HTTPS server for localhost with a certificate that it made itself. */
final class UntrustedServer implements Closeable {

    private final HttpsServer server

    private UntrustedServer(HttpsServer server) {
        this.server = server
    }

    static UntrustedServer start() {
        Path folder = Files.createTempDirectory('davit-tls')
        char[] password = 'password'.toCharArray()
        def keytool = Path.of(System.getProperty('java.home'), 'bin', 'keytool').toString()
        def made = new ProcessBuilder(keytool, '-genkeypair', '-keystore', folder.resolve('keys').toString(), '-storepass',
                'password', '-keyalg', 'EC', '-dname', 'CN=localhost', '-ext', 'san=dns:localhost', '-alias', 'a')
                .redirectErrorStream(true).start()
        assert made.inputStream.text != null && made.waitFor() == 0
        def keys = KeyStore.getInstance(folder.resolve('keys').toFile(), password)
        def managers = KeyManagerFactory.getInstance(KeyManagerFactory.defaultAlgorithm)
        managers.init(keys, password)
        def context = SSLContext.getInstance('TLS')
        context.init(managers.keyManagers, null, null)
        def server = HttpsServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
        server.httpsConfigurator = new HttpsConfigurator(context)
        server.start()
        folder.toFile().deleteDir()
        new UntrustedServer(server)
    }

    int getPort() {
        server.address.port
    }

    @Override
    void close() {
        server.stop(0)
    }
}
