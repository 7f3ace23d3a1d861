package io.tombolo.dataplane.capture;

import io.netty.channel.Channel;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.capture.PortRange;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.CalleePort;
import io.tombolo.model.name.ServiceName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Comparator;
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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Virtual addresses of services and of single instances: given out when one is asked for, listened on from then on, taken back when
 * it is gone, and then nobody else's {@linkplain VipPlaces for a while}. An address whose ports are not all ours is not given out,
 * for another process would answer there. Any thread; binding is done on virtual threads, one at a time.
 */
public final class Vips implements VirtualAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(Vips.class);

    /** How long a bind that failed is not tried again: as long as a resolver may remember an answer. */
    private static final long RETRY_NANOS = 5_000_000_000L;

    private final Loops loops;
    private final Settings settings;
    private final Metrics metrics;
    private final BiConsumer<Channel, CalleePort> next;
    private final ReentrantLock binding = new ReentrantLock();
    private final VipPlaces places;
    private final Map<Callee, VipListeners> listeners = new HashMap<>();
    private final ConcurrentMap<Callee, Given> given = new ConcurrentHashMap<>();
    private final ConcurrentMap<InetAddress, Callee> callees = new ConcurrentHashMap<>();
    private volatile int resting;
    private boolean closed;

    /**
     * How addresses are given out.
     * @param bind           false where the kernel redirects the whole range: then nothing is listened on
     * @param excluded       ports that are never listened on, such as the application's own
     * @param maxListeners   all together; single instances may have half of them
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
    public Vips(Loops loops, Settings settings, Metrics metrics, BiConsumer<Channel, CalleePort> next) {
        this.loops = loops;
        this.settings = settings;
        this.metrics = metrics;
        this.next = next;
        this.places = new VipPlaces(settings.range());
        metrics.gauge(
                "tombolo_vips",
                "Virtual addresses of services and of single instances that were asked for.",
                given::size);
        metrics.gauge(
                "tombolo_vips_of_instances",
                "Of them, those of single instances.",
                () -> given.keySet().stream()
                        .filter(Callee.One.class::isInstance)
                        .count());
        metrics.gauge(
                "tombolo_vips_resting", "Addresses that were given back, and are nobody else's yet.", () -> resting);
        metrics.gauge(
                "tombolo_vips_not_bound",
                "Of them, those that are not given out because a port cannot be listened on.",
                () -> given.values().stream()
                        .filter(one -> one.usable().isEmpty())
                        .count());
    }

    /**
     * The address of a service, or of one instance, whose ports are all listened on. Does not block.
     * @param ports of the service, in any order
     * @return empty if a port cannot be had, or no address is left
     */
    public CompletableFuture<Optional<Inet4Address>> require(Callee callee, List<Integer> ports) {
        List<Integer> wanted = ports.stream().sorted().distinct().toList();
        Given known = given.get(callee);
        if (known != null && known.isSettled(wanted, System.nanoTime())) {
            return CompletableFuture.completedFuture(known.usable());
        }
        return onVirtualThread(() -> give(callee, wanted));
    }

    @Override
    public Optional<Callee> at(InetAddress address) {
        return Optional.ofNullable(callees.get(address));
    }

    /** Takes back what is nobody's any more and follows ports that changed. Returns at once. */
    public void follow(Function<Callee, Optional<List<Integer>>> portsOf) {
        if (given.isEmpty()) {
            return;
        }
        onVirtualThread(() -> {
            for (Callee callee : List.copyOf(given.keySet())) {
                portsOf.apply(callee).ifPresentOrElse(ports -> require(callee, ports), () -> takeBack(callee));
            }
            return true;
        });
    }

    /** Whether it, or an instance of it, has an address. */
    public boolean hasGiven(ServiceName service) {
        return given.keySet().stream().anyMatch(callee -> callee.service().equals(service));
    }

    /** What was given out, by callee. */
    public List<Vip> shown() {
        return given.values().stream()
                .map(Given::vip)
                .sorted(Comparator.comparing(vip -> vip.callee().toString()))
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

    private Optional<Inet4Address> give(Callee callee, List<Integer> wanted) {
        binding.lock();
        try {
            Given known = given.get(callee);
            if (closed || (known != null && known.isSettled(wanted, System.nanoTime()))) {
                return closed || known == null ? Optional.empty() : known.usable();
            }
            return place(callee).flatMap(address -> bind(callee, address, wanted));
        } finally {
            binding.unlock();
        }
    }

    private Optional<Inet4Address> place(Callee callee) {
        Optional<Inet4Address> place = places.take(callee, System.nanoTime());
        resting = places.resting();
        if (place.isEmpty()) {
            metrics.fault(Fault.VIP_NOT_BOUND).increment();
        }
        return place;
    }

    private Optional<Inet4Address> bind(Callee callee, Inet4Address address, List<Integer> wanted) {
        VipListeners its = listeners.computeIfAbsent(callee, c -> new VipListeners());
        if (settings.bind()) {
            its.follow(wanted, port -> listen(callee, address, port));
        }
        var now = new Given(its.shown(callee, address), wanted, System.nanoTime());
        callees.put(address, callee);
        given.put(callee, now);
        if (!now.vip().missing().isEmpty()) {
            metrics.fault(Fault.VIP_NOT_BOUND).increment();
            LOG.atWarn()
                    .addKeyValue("callee", callee)
                    .addKeyValue("address", address.getHostAddress())
                    .addKeyValue("missing", now.vip().missing())
                    .log("virtual address not given out");
        }
        return now.usable();
    }

    private LocalListener listen(Callee callee, Inet4Address address, int port) {
        if (settings.excluded().stream().anyMatch(range -> port >= range.first() && port <= range.last())) {
            throw notBound(address, port, "is the application's own port, or in vip.excluded-ports");
        }
        int most = settings.maxListeners();
        if (open(listeners.values().stream()) >= most) {
            throw notBound(address, port, "would be more than vip.max-listeners = " + most);
        }
        if (callee instanceof Callee.One && ofInstances() >= most / 2) {
            throw notBound(address, port, "would be more than half of vip.max-listeners = " + most + " for instances");
        }
        CalleePort target = callee.at(port);
        return LocalListener.bindVirtual(
                loops,
                new InetSocketAddress(address, port),
                settings.maxConnections(),
                metrics,
                channel -> next.accept(channel, target));
    }

    private int ofInstances() {
        return open(listeners.entrySet().stream()
                .filter(each -> each.getKey() instanceof Callee.One)
                .map(Map.Entry::getValue));
    }

    private static int open(Stream<VipListeners> some) {
        return some.mapToInt(VipListeners::count).sum();
    }

    private static TomboloException notBound(Inet4Address address, int port, String what) {
        return new TomboloException(
                Fault.VIP_NOT_BOUND,
                "address " + address.getHostAddress() + ":" + port,
                what,
                "use --bind for this service, or --transparent, which listens on no such address");
    }

    private void takeBack(Callee callee) {
        binding.lock();
        try {
            Given gone = given.remove(callee);
            if (gone != null) {
                callees.remove(gone.vip().address());
            }
            places.giveBack(callee, System.nanoTime());
            resting = places.resting();
            VipListeners its = listeners.remove(callee);
            if (its != null) {
                its.close();
            }
        } finally {
            binding.unlock();
        }
    }
}
