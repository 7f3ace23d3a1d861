package io.tombolo.kafka.state;

import io.tombolo.kafka.setting.BrokerSettings;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.PortNumber;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Chooses the port to listen on. Clients are given the address once and keep it, so a port that was chosen before is the
 * only one that will do, until the configured port changes.
 */
public final class ListeningPort {
    private static final int TRIES = 100;

    private ListeningPort() {}

    /**
     * The port for this run, remembered for the next ones. It was free a moment ago.
     * @param notice hears it when another port than the configured one is taken
     * @throws TomboloException {@link Fault#PORT_IN_USE} naming the setting and the port
     */
    public static int choose(BrokerSettings settings, StateDirectory state, Consumer<String> notice) {
        OptionalInt remembered = remembered(settings, state);
        if (remembered.isPresent()) {
            return stillFree(settings, remembered.getAsInt(), state);
        }
        int chosen = firstFree(settings);
        if (settings.listenPort() != 0 && chosen != settings.listenPort()) {
            notice.accept("listen.port " + settings.listenPort() + " is in use; took " + chosen + " instead");
        }
        return chosen;
    }

    /** Writes down what {@link #choose} gave, once the broker has really bound it. */
    public static void remember(BrokerSettings settings, StateDirectory state, int chosen) throws IOException {
        Files.write(state.portFile(), List.of("configured " + settings.listenPort(), "chosen " + chosen));
    }

    /** A port that is free on {@code host}, and that no outgoing connection gets by chance before it is used. */
    public static int anyFree(String host) {
        int free = bound(host, 0)
                .orElseThrow(() -> new TomboloException(
                        Fault.PORT_IN_USE,
                        "listen.host " + host,
                        "has no free port",
                        "name an address of this machine"));
        return PortNumber.quiet(ThreadLocalRandom.current().nextInt())
                .filter(port -> bound(host, port).isPresent())
                .findFirst()
                .orElse(free);
    }

    private static OptionalInt remembered(BrokerSettings settings, StateDirectory state) {
        try {
            List<String> lines = Files.readAllLines(state.portFile());
            boolean sameWish = lines.size() == 2 && lines.getFirst().equals("configured " + settings.listenPort());
            return sameWish && lines.get(1).matches("chosen [0-9]{1,5}")
                    ? OptionalInt.of(Integer.parseInt(lines.get(1).substring("chosen ".length())))
                    : OptionalInt.empty();
        } catch (IOException none) {
            return OptionalInt.empty();
        }
    }

    private static int stillFree(BrokerSettings settings, int port, StateDirectory state) {
        return bound(settings.listenHost(), port)
                .orElseThrow(() -> new TomboloException(
                        Fault.PORT_IN_USE,
                        "listen.port " + port + " on " + settings.listenHost(),
                        "is taken by another process, and the members know this backbone by it",
                        "end that process, or delete " + state.portFile() + " to move the backbone"));
    }

    private static int firstFree(BrokerSettings settings) {
        int wanted = settings.listenPort();
        if (wanted == 0) {
            return anyFree(settings.listenHost());
        }
        int last = settings.strictPort() ? wanted : Math.min(65535, wanted + TRIES);
        for (int port = wanted; port <= last; port++) {
            OptionalInt bound = bound(settings.listenHost(), port);
            if (bound.isPresent()) {
                return bound.getAsInt();
            }
        }
        throw new TomboloException(
                Fault.PORT_IN_USE,
                "listen.port " + wanted + " on " + settings.listenHost(),
                wanted == last ? "is taken or not an address of this machine" : "and the next " + TRIES + " are taken",
                "choose another listen.port, or 0 for any free one");
    }

    private static OptionalInt bound(String host, int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return OptionalInt.of(socket.getLocalPort());
        } catch (IOException taken) {
            return OptionalInt.empty();
        }
    }
}
