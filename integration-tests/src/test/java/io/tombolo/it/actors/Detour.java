package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Passes what comes to one port of this machine on to another one. */
public final class Detour implements AutoCloseable {
    private final ServerSocket from;
    private final int to;

    private Detour(ServerSocket from, int to) {
        this.from = from;
        this.to = to;
    }

    /** @param from a port that nobody listens on */
    public static Detour open(int from, int to) {
        try {
            var detour = new Detour(new ServerSocket(from, 50, InetAddress.getLoopbackAddress()), to);
            Thread.ofPlatform().daemon().name("detour").start(detour::accept);
            return detour;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!from.isClosed()) {
            try {
                Socket client = from.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
                copy(client, server);
                copy(server, client);
            } catch (IOException closed) {
                // this one is over; the next one may not be
            }
        }
    }

    private static void copy(Socket source, Socket target) {
        Thread.ofPlatform().daemon().name("detour-copy").start(() -> {
            try (source;
                    target) {
                source.getInputStream().transferTo(target.getOutputStream());
            } catch (IOException gone) {
                // the other direction ends as well
            }
        });
    }

    @Override
    public void close() {
        try {
            from.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
