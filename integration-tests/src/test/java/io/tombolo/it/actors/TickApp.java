package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A plain TCP server that says a line each 50 ms to whoever connects; knows nothing of meshes. */
public final class TickApp implements AutoCloseable {
    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();

    private TickApp(ServerSocket listener) {
        this.listener = listener;
    }

    public static TickApp start() {
        try {
            var app = new TickApp(new ServerSocket(0, 64, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("ticks").start(app::accept);
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            Ticks.write(client.getOutputStream());
        } catch (IOException gone) {
            // The client went away.
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections so far; the sidecar's look whether it is there counts too. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
