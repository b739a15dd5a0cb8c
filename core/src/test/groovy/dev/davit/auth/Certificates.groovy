package dev.davit.auth

import java.nio.file.Files
import java.nio.file.Path
import java.security.KeyStore
import javax.net.ssl.KeyManagerFactory
import javax.net.ssl.SSLContext

/** An authority of its own, and what a server of this machine needs that it vouches for. */
final class Certificates {

    final Path folder
    final SSLContext server

    private Certificates(Path folder) {
        this.folder = folder
        keytool('-genkeypair -alias ca -dname CN=authority -ext bc:c')
        keytool('-genkeypair -alias server -dname CN=server')
        keytool('-exportcert -rfc -alias ca -file ca.crt')
        keytool('-certreq -alias server -file server.csr')
        keytool('-gencert -rfc -alias ca -ext san=dns:localhost,ip:127.0.0.1 -infile server.csr -outfile server.crt')
        keytool('-importcert -noprompt -alias server -file server.crt')
        def keys = KeyStore.getInstance(folder.resolve('keys').toFile(), 'password'.toCharArray())
        keys.deleteEntry('ca')
        def managers = KeyManagerFactory.getInstance(KeyManagerFactory.defaultAlgorithm)
        managers.init(keys, 'password'.toCharArray())
        server = SSLContext.getInstance('TLS').tap { init(managers.keyManagers, null, null) }
    }

    static Certificates into(Path folder) {
        new Certificates(Files.createDirectories(folder))
    }

    private void keytool(String words) {
        def program = Path.of(System.getProperty('java.home'), 'bin', 'keytool') as String
        def keys = words.startsWith('-genkeypair') ? ['-keyalg', 'EC'] : []
        def made = new ProcessBuilder([program, *words.split(' '), *keys, '-keystore', 'keys', '-storepass', 'password'])
                .directory(folder.toFile()).redirectErrorStream(true).start()
        def said = made.inputStream.text
        assert made.waitFor() == 0: said
    }
}
