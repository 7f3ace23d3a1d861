package io.tombolo.cli.demo;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Ports of 127.0.0.1 for programs that listen a while after they were told where: free, and below those that systems give to
 * outgoing connections, of which the demo makes many.
 */
final class QuietPort {
    private static final int LOWEST = 20_000;
    private static final int MOST = 12_000;

    private QuietPort() {}

    static int free() {
        int begin = ThreadLocalRandom.current().nextInt(MOST);
        return IntStream.range(begin, begin + MOST)
                .map(number -> LOWEST + number % MOST)
                .filter(QuietPort::isFree)
                .findFirst()
                .orElseThrow(() -> new TomboloException(
                        Fault.PORT_IN_USE,
                        "127.0.0.1",
                        "has no free port from " + LOWEST + " to " + (LOWEST + MOST),
                        "end programs that listen there"));
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
