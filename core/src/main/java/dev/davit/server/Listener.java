package dev.davit.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A port, and a thread for each connection to it. */
final class Listener implements AutoCloseable {

    private final ServerSocket server;
    private final Connection.Handler handler;
    private final Consumer<Request> observer;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "davit-registry");
        thread.setDaemon(true);
        return thread;
    });

    private Listener(ServerSocket server, Connection.Handler handler, Consumer<Request> observer) {
        this.server = server;
        this.handler = handler;
        this.observer = observer;
    }

    static ServerSocket bind(InetSocketAddress address) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.bind(address, 128);
            return server;
        } catch (IOException e) {
            server.close();
            throw new IOException("cannot listen at " + address.getHostString() + ":" + address.getPort() + ": "
                    + e.getMessage(), e);
        }
    }

    static Listener start(ServerSocket server, Connection.Handler handler, Consumer<Request> observer) {
        Listener listener = new Listener(server, handler, observer);
        listener.threads.execute(listener::accept);
        return listener;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                Thread.yield(); // closed; or out of files, which passes
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            Connection connection = new Connection(socket, handler, observer);
            while (!server.isClosed() && connection.serve()) {
                continue;
            }
        } catch (IOException e) {
            // The client went away, or was silent for too long.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdown();
        try {
            threads.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
