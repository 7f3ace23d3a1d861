package io.tombolo.cli.demo;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.PortNumber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of 127.0.0.1 for programs that listen a while after they were told where; none of those that outgoing
 * connections get, of which the demo makes many.
 */
final class QuietPort {
    private QuietPort() {}

    static int free() {
        return PortNumber.quiet(ThreadLocalRandom.current().nextInt())
                .filter(QuietPort::isFree)
                .findFirst()
                .orElseThrow(() -> new TomboloException(
                        Fault.PORT_IN_USE,
                        "127.0.0.1",
                        "has no free port from 20000 to 31999",
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
