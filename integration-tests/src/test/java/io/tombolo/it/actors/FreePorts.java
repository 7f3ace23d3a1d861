package io.tombolo.it.actors;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody has at the moment of asking, and that nobody gets by chance later: they lie below those that systems
 * give to outgoing connections, each is given once, and who runs tests at the same time begins elsewhere.
 */
public final class FreePorts {
    private static final int LOWEST = 20_000;
    private static final int MOST = 12_000;
    private static final int APART = 997;
    private static final AtomicInteger NEXT =
            new AtomicInteger((int) (ProcessHandle.current().pid() * APART % MOST));

    private FreePorts() {}

    public static int one() {
        for (int tried = 0; tried < MOST; tried++) {
            int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), MOST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port from " + LOWEST + " to " + (LOWEST + MOST) + " is free");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
