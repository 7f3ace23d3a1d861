package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * One address for several gateways, as clouds and clusters have it: TCP goes to those in turn whose health port says that
 * they are ready, of which it asks five times a second. What is open stays where it is.
 */
public final class Balancer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 1_000;

    private final ServerSocket listener;
    private final List<Behind> behind;
    private final Set<Behind> ready = ConcurrentHashMap.newKeySet();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger turn = new AtomicInteger();
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("balancer").factory());

    /** @param health where it answers whether it is ready */
    public record Behind(int port, int health) {}

    private Balancer(ServerSocket listener, List<Behind> behind) {
        this.listener = listener;
        this.behind = behind;
    }

    /** Listens; the gateways may come later. */
    public static Balancer before(Behind... gateways) {
        try {
            var listener = new ServerSocket(0, 1_024, InetAddress.getLoopbackAddress());
            var balancer = new Balancer(listener, List.of(gateways));
            balancer.asking.scheduleWithFixedDelay(balancer::ask, 0, 200, TimeUnit.MILLISECONDS);
            Thread.ofPlatform().daemon().name("balancer-accept").start(balancer::accept);
            return balancer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 127.0.0.1:port}. */
    public String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Waits until connections go to so many. */
    public void awaitsReady(int number) {
        Awaitility.await(number + " gateways behind " + address()).until(() -> ready.size() == number);
    }

    private void ask() {
        for (Behind gateway : behind) {
            if (isReady(gateway)) {
                ready.add(gateway);
            } else {
                ready.remove(gateway);
            }
        }
    }

    private static boolean isReady(Behind gateway) {
        try {
            var asked = (HttpURLConnection) URI.create("http://127.0.0.1:" + gateway.health() + "/readyz")
                    .toURL()
                    .openConnection();
            asked.setConnectTimeout(TIMEOUT_MILLIS);
            asked.setReadTimeout(TIMEOUT_MILLIS);
            return asked.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notThere) {
            return false;
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket caller = keep(listener.accept());
                Thread.ofVirtual().start(() -> lead(caller));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void lead(Socket caller) {
        List<Behind> able = behind.stream().filter(ready::contains).toList();
        if (able.isEmpty()) {
            drop(caller);
            return;
        }
        try {
            Behind chosen = able.get(Math.floorMod(turn.getAndIncrement(), able.size()));
            Socket gateway = keep(new Socket());
            gateway.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), chosen.port()), TIMEOUT_MILLIS);
            Thread.ofVirtual().start(() -> copy(caller, gateway));
            copy(gateway, caller);
        } catch (IOException refused) {
            drop(caller);
        }
    }

    private void copy(Socket from, Socket to) {
        try {
            from.setTcpNoDelay(true);
            to.setTcpNoDelay(true);
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException reset) {
            drop(from);
            drop(to);
        }
    }

    private Socket keep(Socket socket) {
        open.add(socket);
        return socket;
    }

    private void drop(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException gone) {
            // as wanted
        }
    }

    @Override
    public void close() {
        asking.shutdownNow();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        open.forEach(this::drop);
    }
}
