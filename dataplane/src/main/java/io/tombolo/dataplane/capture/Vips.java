package io.tombolo.dataplane.capture;

import io.netty.channel.Channel;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual addresses of services: given out when a service is asked for, listened on from then on, taken back when it is gone.
 * An address whose ports are not all ours is not given out, for another process would answer there. Any thread; binding is
 * done on virtual threads, one at a time.
 */
public final class Vips implements VirtualAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(Vips.class);

    /** How long a bind that failed is not tried again: as long as a resolver may remember an answer. */
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final Loops loops;
    private final Settings settings;
    private final Metrics metrics;
    private final BiConsumer<Channel, ServicePort> next;
    private final ReentrantLock binding = new ReentrantLock();
    private final Map<ServiceName, VipListeners> listeners = new HashMap<>();
    private final ConcurrentMap<ServiceName, Given> given = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetAddress, ServiceName> services = new ConcurrentHashMap<>();
    private boolean closed;

    /**
     * How addresses are given out.
     * @param bind           false where the kernel redirects the whole range: then nothing is listened on
     * @param excluded       ports that are never listened on, such as the application's own
     * @param maxListeners   all services together
     * @param maxConnections of each listener
     */
    public record Settings(
            VipRange range, boolean bind, List<PortRange> excluded, int maxListeners, int maxConnections) {
        public Settings {
            excluded = List.copyOf(excluded);
        }
    }

    private record Given(Vip vip, List<Integer> wanted, long atNanos) {
        boolean isSettled(List<Integer> ports, long nowNanos) {
            boolean same = wanted.equals(ports);
            return same && (vip.missing().isEmpty() || nowNanos - atNanos < RETRY_NANOS);
        }

        Optional<Inet4Address> usable() {
            return vip.missing().isEmpty() ? Optional.of(vip.address()) : Optional.empty();
        }
    }

    /** @param next takes each connection to an address on its loop; it does not read until told to */
    public Vips(Loops loops, Settings settings, Metrics metrics, BiConsumer<Channel, ServicePort> next) {
        this.loops = loops;
        this.settings = settings;
        this.metrics = metrics;
        this.next = next;
        metrics.gauge("tombolo_vips", "Virtual addresses of services that were asked for.", given::size);
        metrics.gauge(
                "tombolo_vips_not_bound",
                "Of them, those that are not given out because a port cannot be listened on.",
                () -> given.values().stream()
                        .filter(one -> one.usable().isEmpty())
                        .count());
    }

    /**
     * The address of a service whose ports are all listened on. Does not block.
     * @param ports of the service, in any order
     * @return empty if a port cannot be had, or no address is left
     */
    public CompletableFuture<Optional<Inet4Address>> require(ServiceName service, List<Integer> ports) {
        List<Integer> wanted = ports.stream().sorted().distinct().toList();
        Given known = given.get(service);
        if (known != null && known.isSettled(wanted, System.nanoTime())) {
            return CompletableFuture.completedFuture(known.usable());
        }
        return onVirtualThread(() -> give(service, wanted));
    }

    @Override
    public Optional<ServiceName> at(InetAddress address) {
        return Optional.ofNullable(services.get(address));
    }

    /** Takes back what is nobody's any more and follows ports that changed. Returns at once. */
    public void follow(Function<ServiceName, Optional<List<Integer>>> portsOf) {
        if (given.isEmpty()) {
            return;
        }
        onVirtualThread(() -> {
            for (ServiceName service : List.copyOf(given.keySet())) {
                portsOf.apply(service).ifPresentOrElse(ports -> require(service, ports), () -> takeBack(service));
            }
            return true;
        });
    }

    /** Whether it has an address. */
    public boolean hasGiven(ServiceName service) {
        return given.containsKey(service);
    }

    /** What was given out, by service. */
    public List<Vip> shown() {
        return given.values().stream()
                .map(Given::vip)
                .sorted((one, other) -> one.service().compareTo(other.service()))
                .toList();
    }

    /** Stops listening, for good. Blocks. */
    public void close() {
        binding.lock();
        try {
            closed = true;
            listeners.values().forEach(VipListeners::close);
            listeners.clear();
        } finally {
            binding.unlock();
        }
    }

    private <T> CompletableFuture<T> onVirtualThread(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                work, task -> Thread.ofVirtual().name("vips").start(task));
    }

    private Optional<Inet4Address> give(ServiceName service, List<Integer> wanted) {
        binding.lock();
        try {
            Given known = given.get(service);
            if (closed || (known != null && known.isSettled(wanted, System.nanoTime()))) {
                return closed || known == null ? Optional.empty() : known.usable();
            }
            Optional<Inet4Address> address =
                    known != null ? Optional.of(known.vip().address()) : free(service);
            return address.flatMap(free -> bind(service, free, wanted));
        } finally {
            binding.unlock();
        }
    }

    private Optional<Inet4Address> free(ServiceName service) {
        Optional<Inet4Address> free = settings.range()
                .candidates(service)
                .filter(address -> !services.containsKey(address))
                .findFirst();
        if (free.isEmpty()) {
            metrics.fault(Fault.VIP_NOT_BOUND).increment();
        }
        return free;
    }

    private Optional<Inet4Address> bind(ServiceName service, Inet4Address address, List<Integer> wanted) {
        VipListeners its = listeners.computeIfAbsent(service, s -> new VipListeners());
        if (settings.bind()) {
            its.follow(wanted, port -> listen(service, address, port));
        }
        var now = new Given(its.shown(service, address), wanted, System.nanoTime());
        services.put(address, service);
        given.put(service, now);
        if (!now.vip().missing().isEmpty()) {
            metrics.fault(Fault.VIP_NOT_BOUND).increment();
            LOG.atWarn()
                    .addKeyValue("service", service)
                    .addKeyValue("address", address.getHostAddress())
                    .addKeyValue("missing", now.vip().missing())
                    .log("virtual address not given out");
        }
        return now.usable();
    }

    private LocalListener listen(ServiceName service, Inet4Address address, int port) {
        if (settings.excluded().stream().anyMatch(range -> port >= range.first() && port <= range.last())) {
            throw notBound(address, port, "is the application's own port, or in vip.excluded-ports");
        }
        int open = listeners.values().stream().mapToInt(VipListeners::count).sum();
        if (open >= settings.maxListeners()) {
            throw notBound(address, port, "would be more than vip.max-listeners = " + settings.maxListeners());
        }
        var target = new ServicePort(service, port);
        return LocalListener.bindVirtual(
                loops,
                new InetSocketAddress(address, port),
                settings.maxConnections(),
                metrics,
                channel -> next.accept(channel, target));
    }

    private static TomboloException notBound(Inet4Address address, int port, String what) {
        return new TomboloException(
                Fault.VIP_NOT_BOUND,
                "address " + address.getHostAddress() + ":" + port,
                what,
                "use --bind for this service, or --transparent, which listens on no such address");
    }

    private void takeBack(ServiceName service) {
        binding.lock();
        try {
            Given gone = given.remove(service);
            if (gone != null) {
                services.remove(gone.vip().address());
            }
            VipListeners its = listeners.remove(service);
            if (its != null) {
                its.close();
            }
        } finally {
            binding.unlock();
        }
    }
}
