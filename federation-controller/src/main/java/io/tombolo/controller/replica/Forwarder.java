package io.tombolo.controller.replica;

import io.micrometer.core.instrument.Metrics;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens where a leader would and hands each connection on to the one that leads, byte by byte: whoever reaches this replica by
 * their common address is served all the same. Reads nothing of it; what is encrypted stays so. Virtual threads.
 */
public final class Forwarder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Forwarder.class);
    private static final int CONNECT_MILLIS = 2_000;
    private static final int BACKLOG = 256;

    /** For whom the leader let go to go as well. */
    private static final int LET_GO_MILLIS = 2_000;

    private static final int RETRY_MILLIS = 200;
    private static final int KEEP_IDLE_SECONDS = 30;
    private static final int KEEP_INTERVAL_SECONDS = 10;
    private static final int KEEP_COUNT = 3;

    private final List<ServerSocket> listening = new ArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Semaphore free;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Map<String, HostPort> leader = Map.of();
    private volatile boolean closed;

    /**
     * Listens at once.
     * @param ports where, by what of {@link Places} it is handed on to
     * @param most  connections at a time
     * @throws TomboloException PORT_IN_USE
     */
    public Forwarder(Map<String, InetSocketAddress> ports, int most) {
        this.free = new Semaphore(most);
        ports.forEach(this::listen);
    }

    /** Where the leader is; connections that come while nobody leads are closed. */
    void to(Map<String, HostPort> addresses) {
        leader = addresses;
    }

    private void listen(String place, InetSocketAddress address) {
        try {
            var socket = new ServerSocket();
            listening.add(socket);
            socket.setReuseAddress(true);
            socket.bind(address, BACKLOG);
            Thread.ofVirtual().name("forward-" + place).start(() -> accept(place, socket));
        } catch (IOException taken) {
            close();
            throw new TomboloException(
                    Fault.PORT_IN_USE,
                    "controller." + place + ".port = " + address.getPort(),
                    String.valueOf(taken.getMessage()),
                    "choose another port, or set controller.auto-ports=true",
                    taken);
        }
    }

    private void accept(String place, ServerSocket socket) {
        boolean told = false;
        while (!closed) {
            try {
                take(place, socket.accept());
                told = false;
            } catch (IOException failed) {
                if (!closed && !told) {
                    LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("a connection was not taken");
                }
                told = true;
                pause();
            }
        }
    }

    private void take(String place, Socket client) throws IOException {
        @Nullable HostPort target = leader.get(place);
        if (target == null || !free.tryAcquire()) {
            Metrics.counter("tombolo.replica.not.forwarded").increment();
            client.close();
        } else {
            Thread.ofVirtual().name("forward").start(() -> forward(client, target));
        }
    }

    /** Where there are no descriptors left the next one fails at once too. */
    private void pause() {
        try {
            var _ = closing.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(Socket client, HostPort target) {
        try (client;
                var server = new Socket()) {
            noticesLostHosts(client);
            noticesLostHosts(server);
            server.connect(new InetSocketAddress(target.host(), target.port()), CONNECT_MILLIS);
            open.add(client);
            open.add(server);
            if (closed) {
                return;
            }
            var said = new CountDownLatch(1);
            Thread back = Thread.ofVirtual().name("forward-back").start(() -> answer(server, client, said));
            pipe(client, server);
            said.countDown();
            back.join();
        } catch (IOException unreachable) {
            LOG.atDebug().addKeyValue("fault", unreachable.getMessage()).log("not handed on");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            free.release();
            open.removeIf(Socket::isClosed);
        }
    }

    /** Whom the leader let go does not keep its place, if it says nothing more and does not go. */
    private static void answer(Socket server, Socket client, CountDownLatch said) {
        pipe(server, client);
        try {
            if (!said.await(LET_GO_MILLIS, TimeUnit.MILLISECONDS)) {
                close(client);
            }
        } catch (InterruptedException stopped) {
            close(client);
        }
    }

    /** A host that is lost sends no end: after half a minute of silence it is asked. */
    private static void noticesLostHosts(Socket socket) throws IOException {
        socket.setKeepAlive(true);
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_IDLE_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_INTERVAL_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_COUNT);
        }
    }

    /** One direction; its end is handed on too, and a failure ends both. */
    private static void pipe(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException ended) {
            close(from);
            close(to);
        }
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException failed) {
            LOG.debug("close", failed);
        }
    }

    /** The ports are free when this returns. */
    @Override
    public void close() {
        closed = true;
        closing.countDown();
        for (ServerSocket socket : listening) {
            try {
                socket.close();
            } catch (IOException failed) {
                LOG.debug("close", failed);
            }
        }
        open.forEach(Forwarder::close);
    }
}
