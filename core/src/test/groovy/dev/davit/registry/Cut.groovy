package dev.davit.registry

import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.atomic.AtomicBoolean
import java.util.concurrent.atomic.AtomicLong

/** A wire to a server that counts what clients send, and that is cut when a connection has carried so many bytes. */
final class Cut implements Closeable {

    final AtomicLong carried = new AtomicLong()
    /** How many bytes the connections to come may carry that carry so many; each is cut once. */
    final Queue<Integer> limits = new ConcurrentLinkedQueue<>()
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.loopbackAddress)
    private final int port

    Cut(String upstream) {
        port = upstream.split(':')[1] as int
        Thread.startDaemon {
            while (!server.closed) {
                try {
                    def client = server.accept()
                    def behind = new Socket(InetAddress.loopbackAddress, port)
                    def whole = new AtomicBoolean(true)
                    def answers = Thread.startDaemon { answer(behind, client, whole) }
                    Thread.startDaemon { carry(client, behind, whole, answers) }
                } catch (IOException e) {
                    // closed
                }
            }
        }
    }

    String getHost() {
        "localhost:$server.localPort"
    }

    private void carry(Socket client, Socket behind, AtomicBoolean whole, Thread answers) {
        quietly {
            byte[] buffer = new byte[8192]
            long here = 0
            for (int n = client.inputStream.read(buffer); n >= 0; n = client.inputStream.read(buffer)) {
                behind.outputStream.write(buffer, 0, n)
                carried.addAndGet(n)
                here += n
                def limit = limits.peek()
                if (limit != null && here >= limit && limits.remove(limit)) {
                    whole.set(false)
                    break
                }
            }
        }
        quietly { behind.shutdownOutput() }
        if (!whole.get()) {
            answers.join(30_000) // by then the server has read what came so far, and whoever asks is told of it
            client.setSoLinger(true, 0)
            client.close()
        }
    }

    private static void answer(Socket behind, Socket client, AtomicBoolean whole) {
        quietly {
            byte[] buffer = new byte[8192]
            for (int n = behind.inputStream.read(buffer); n >= 0; n = behind.inputStream.read(buffer)) {
                if (whole.get()) {
                    client.outputStream.write(buffer, 0, n)
                }
            }
        }
        if (whole.get()) {
            client.close()
        }
    }

    private static void quietly(Closure block) {
        try {
            block()
        } catch (IOException e) {
            // the other side is gone
        }
    }

    @Override
    void close() {
        server.close()
    }
}
