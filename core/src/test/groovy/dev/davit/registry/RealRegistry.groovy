package dev.davit.registry

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit

/** The distribution project's registry, as a process of its own on a free loopback port. */
final class RealRegistry implements TestRegistry {

    static final PROGRAM = 'docker-registry'

    final String host
    private final Path folder
    private final Process process

    private RealRegistry(String host, Path folder, Process process) {
        this.host = host
        this.folder = folder
        this.process = process
    }

    static RealRegistry start() {
        run { '' }
    }

    /** A registry that wants a name and a password: alice and secret. */
    static RealRegistry startWithPassword() {
        run { Path folder ->
            def file = Files.writeString(folder.resolve('htpasswd'),
                    'alice:$2y$05$abcdefghijklmnopqrstuuOQiyCxlgf/oeuTqixKmWdcYUh4Hjl0a\n')
            "auth: { htpasswd: { realm: spec, path: $file } }\n"
        }
    }

    private static RealRegistry run(Closure<String> more) {
        int port = new ServerSocket(0, 1, InetAddress.loopbackAddress).withCloseable { it.localPort }
        Path folder = Files.createTempDirectory('davit-registry')
        Path config = Files.writeString(folder.resolve('config.yml'), """\
            version: 0.1
            log: { level: error, accesslog: { disabled: true } }
            storage: { filesystem: { rootdirectory: $folder/data }, delete: { enabled: true } }
            http: { addr: 127.0.0.1:$port, relativeurls: true }
            """.stripIndent() + more(folder))
        try {
            def process = new ProcessBuilder(PROGRAM, 'serve', config.toString())
                    .redirectErrorStream(true).redirectOutput(folder.resolve('log').toFile()).start()
            return new RealRegistry("localhost:$port", folder, process).await(port)
        } catch (IOException e) {
            folder.toFile().deleteDir()
            throw e
        }
    }

    private RealRegistry await(int port) {
        for (int i = 0; i < 600; i++) {
            try {
                new Socket(InetAddress.loopbackAddress, port).close()
                return this
            } catch (ConnectException ignored) {
                if (!process.alive) {
                    break
                }
                Thread.sleep(50)
            }
        }
        String log = folder.resolve('log').text
        close()
        throw new IllegalStateException("the registry does not start: $log")
    }

    @Override
    void close() {
        process.destroy()
        process.waitFor(10, TimeUnit.SECONDS)
        folder.toFile().deleteDir()
    }
}
