package io.tombolo.controller.boot;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the port that a listener gets. */
final class FreePort {
    private static final Logger LOG = LoggerFactory.getLogger(FreePort.class);
    private static final int TRIES = 200;
    private static final Map<Integer, ServerSocket> HELD = new ConcurrentHashMap<>();

    private FreePort() {}

    /**
     * The wanted port if it is free (0: any free one), held until {@link #release}; with auto-ports else the next free one, which is said by name.
     * @throws TomboloException PORT_IN_USE; BAD_SETTING for a host that is none of this machine
     */
    static Settings.Listen choose(Settings.Listen wanted, boolean autoPorts) {
        int held = hold(wanted, wanted.port(), autoPorts);
        if (held > 0) {
            return new Settings.Listen(wanted.name(), wanted.host(), held);
        }
        for (int port = wanted.port() + 1; autoPorts && port <= Math.min(65_535, wanted.port() + TRIES); port++) {
            if (hold(wanted, port, true) > 0) {
                LOG.atWarn()
                        .addKeyValue("listener", wanted.name())
                        .addKeyValue("wanted", wanted.port())
                        .addKeyValue("port", port)
                        .log("port is taken, using another");
                return new Settings.Listen(wanted.name(), wanted.host(), port);
            }
        }
        throw new TomboloException(
                Fault.PORT_IN_USE,
                "controller." + wanted.name() + ".port = " + wanted.port(),
                "is taken on " + wanted.host(),
                "stop what listens there, choose another port, or set controller.auto-ports=true");
    }

    /**
     * Lets go of a chosen port, to be called right before the real listener takes it: until then nobody else can, however
     * long the start takes.
     */
    static Settings.Listen release(Settings.Listen chosen) {
        @Nullable ServerSocket socket = HELD.remove(chosen.port());
        if (socket != null) {
            close(socket);
        }
        return chosen;
    }

    /** @return the port that is now held, or -1 if it is taken */
    private static int hold(Settings.Listen listen, int port, boolean claim) {
        if (claim && port != 0 && !PortClaim.take(port)) {
            return -1;
        }
        try {
            return bind(listen, port);
        } catch (IOException taken) {
            if (claim) {
                PortClaim.release(port);
            }
            return -1;
        }
    }

    @SuppressWarnings("MustBeClosed") // held until release
    private static int bind(Settings.Listen listen, int port) throws IOException {
        var socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(listen.host()), port));
        } catch (IOException taken) {
            close(socket);
            throw taken;
        }
        HELD.put(socket.getLocalPort(), socket);
        return socket.getLocalPort();
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // Nobody listened on it.
        }
    }
}
