package dev.davit.daemon

import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.TimeUnit
import org.opentest4j.TestAbortedException

/** Podman's service with a storage of its own, on a socket of its own. */
final class PodmanService implements Closeable {

    final Path folder
    final Path socket
    private final Process process

    private PodmanService(Path folder, Process process) {
        this.folder = folder
        this.socket = folder.resolve('podman.sock')
        this.process = process
    }

    /** Starts it; a machine where it cannot run, such as a container without its rights, skips the spec, saying why. */
    static PodmanService start() {
        // A socket's path has little room.
        def folder = Files.createTempDirectory(Path.of('/tmp'), 'podman')
        def log = folder.resolve('log').toFile()
        def process = new ProcessBuilder('podman', '--root', "$folder/root", '--runroot', "$folder/run",
                '--tmpdir', "$folder/tmp", '--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs', '--events-backend', 'file',
                'system', 'service', '--time=0', "unix://$folder/podman.sock").redirectErrorStream(true).redirectOutput(log).start()
        def service = new PodmanService(folder, process)
        try {
            service.await()
            return service
        } catch (IOException e) {
            def said = log.text.trim()
            service.close()
            throw new TestAbortedException("podman's service does not run here: ${said ?: e.message}")
        }
    }

    private void await() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30)
        while (true) {
            try {
                connect().withCloseable { it.images() }
                return
            } catch (IOException e) {
                if (!process.alive || System.nanoTime() > end) {
                    throw e
                }
                Thread.sleep(50)
            }
        }
    }

    Daemon connect() {
        Daemon.connect(CONTAINER_HOST: "unix://$socket".toString())
    }

    @Override
    void close() {
        process.destroy()
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor()
        }
        new ProcessBuilder('chmod', '-R', 'u+rwX', folder.toString()).start().waitFor()
        folder.toFile().deleteDir()
    }
}
