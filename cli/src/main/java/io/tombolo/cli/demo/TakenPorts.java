package io.tombolo.cli.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names the usual ports that somebody else has before the demo takes its own; every program then takes the next free one. */
final class TakenPorts {
    private static final Map<Integer, String> USUAL = new LinkedHashMap<>();

    static {
        USUAL.put(15092, "Kafka, the backbone");
        USUAL.put(15080, "API of a controller");
        USUAL.put(15010, "a controller for its proxies");
        USUAL.put(15012, "enrolment of clusters");
        USUAL.put(15443, "a gateway");
        USUAL.put(15001, "a sidecar, outbound");
        USUAL.put(15006, "a sidecar, inbound");
        USUAL.put(15020, "admin of gateways and sidecars");
    }

    private TakenPorts() {}

    static void say(Stage stage) {
        USUAL.forEach((port, what) -> {
            if (isTaken(port)) {
                stage.say("port %d (%s) is in use; the next free one is taken instead", port, what);
            }
        });
    }

    private static boolean isTaken(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return false;
        } catch (IOException taken) {
            return true;
        }
    }
}
