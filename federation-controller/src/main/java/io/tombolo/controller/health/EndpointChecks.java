package io.tombolo.controller.health;

import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether workloads without a sidecar accept TCP connections, round after round. Each address gets a connection that is
 * closed at once; a few at a time.
 */
public final class EndpointChecks implements AutoCloseable {
    /** From the end of one round to the begin of the next one. */
    public static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(EndpointChecks.class);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int AT_ONCE = 64;

    private final Supplier<LocalServices> services;
    private final EndpointTable table;
    private final AddressRules rules;
    private final Duration interval;
    private @Nullable Thread rounds;

    /**
     * Not running yet.
     * @param rules which addresses are dialled at all
     */
    public EndpointChecks(
            Supplier<LocalServices> services, EndpointTable table, AddressRules rules, Duration interval) {
        this.services = services;
        this.table = table;
        this.rules = rules;
        this.interval = interval;
    }

    public void start() {
        rounds = Thread.ofVirtual().name("endpoint-checks").start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round();
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() throws InterruptedException {
        List<HostPort> addresses = services.get().all().stream()
                .flatMap(service -> service.reachable().stream())
                .flatMap(endpoint -> EndpointTable.addresses(endpoint).stream())
                .distinct()
                .toList();
        Map<HostPort, Optional<String>> found = new ConcurrentHashMap<>();
        var places = new Semaphore(AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (HostPort address : addresses) {
                places.acquire();
                var _ = threads.submit(() -> {
                    found.put(address, whyNot(address));
                    places.release();
                });
            }
        }
        table.found(found);
    }

    private Optional<String> whyNot(HostPort address) {
        try (var socket = new Socket()) {
            InetAddress resolved = InetAddress.getByName(address.host());
            Optional<String> refusal = rules.refusal(resolved);
            if (refusal.isPresent()) {
                return Optional.of("not dialled, it is " + refusal.get());
            }
            socket.connect(new InetSocketAddress(resolved, address.port()), CONNECT_MILLIS);
            return Optional.empty();
        } catch (IOException | RuntimeException failed) {
            LOG.atDebug().addKeyValue("address", address).setCause(failed).log("endpoint does not accept");
            return Optional.of(String.valueOf(failed.getMessage()));
        }
    }

    @Override
    public void close() {
        if (rounds != null) {
            rounds.interrupt();
        }
    }
}
