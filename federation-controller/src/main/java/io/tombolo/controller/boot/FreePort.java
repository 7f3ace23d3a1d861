package io.tombolo.controller.boot;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the port that a listener gets. */
final class FreePort {
    private static final Logger LOG = LoggerFactory.getLogger(FreePort.class);
    private static final int TRIES = 200;

    private FreePort() {}

    /**
     * The wanted port if it is free; with auto-ports else the next free one, which is said by name.
     * @throws TomboloException PORT_IN_USE; BAD_SETTING for a host that is none of this machine
     */
    static Settings.Listen choose(Settings.Listen wanted, boolean autoPorts) {
        if (wanted.port() == 0 || isFree(wanted, wanted.port(), autoPorts)) {
            return wanted;
        }
        for (int port = wanted.port() + 1; autoPorts && port <= Math.min(65_535, wanted.port() + TRIES); port++) {
            if (isFree(wanted, port, true)) {
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

    private static boolean isFree(Settings.Listen listen, int port, boolean claim) {
        if (!claim) {
            return isFree(listen, port);
        }
        if (!PortClaim.take(port)) {
            return false;
        }
        boolean free = isFree(listen, port);
        if (!free) {
            PortClaim.release(port);
        }
        return free;
    }

    private static boolean isFree(Settings.Listen listen, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(listen.host()), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
