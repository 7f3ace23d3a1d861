package io.tombolo.dataplane.demand;

import io.tombolo.model.name.ServiceName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/** Counts calls by service. {@link #called} is safe on any thread; {@link #sample} is for one thread at a time. */
public final class Demand {
    /** Services counted at once; the controller is told of as many. */
    public static final int MAX_SERVICES = 1_024;

    private static final double NANOS = 1e9;

    /** A new sample counts half: what is asked for is to be known within seconds, but not to jump with every pause. */
    private static final double NEWEST = 0.5;

    /** Below one request in this many seconds a service is not called any more. */
    private static final double QUIET_PER_SECOND = 0.05;

    private final ConcurrentMap<ServiceName, LongAdder> calls = new ConcurrentHashMap<>();
    private final Map<ServiceName, Double> rates = new HashMap<>();
    private long sampledNanos;

    /** @param perSecond requests and TCP connections, smoothed */
    public record Load(ServiceName service, double perSecond) {}

    /** @param nowNanos monotonic, of the beginning */
    public Demand(long nowNanos) {
        this.sampledNanos = nowNanos;
    }

    /** One first attempt. */
    public void called(ServiceName service) {
        LongAdder counter = calls.get(service);
        if (counter == null && calls.size() < MAX_SERVICES) {
            counter = calls.computeIfAbsent(service, _ -> new LongAdder());
        }
        if (counter != null) {
            counter.increment();
        }
    }

    /**
     * Takes a sample, and forgets who is not called any more.
     * @param told the services to tell of
     * @return the busiest first
     */
    public List<Load> sample(Predicate<ServiceName> told, long nowNanos) {
        double seconds = Math.max(1, nowNanos - sampledNanos) / NANOS;
        sampledNanos = nowNanos;
        calls.forEach((service, counter) -> {
            double now = counter.sumThenReset() / seconds;
            double before = rates.getOrDefault(service, now);
            rates.put(service, before + (now - before) * NEWEST);
        });
        rates.values().removeIf(rate -> rate < QUIET_PER_SECOND);
        calls.keySet().retainAll(rates.keySet());
        return rates.entrySet().stream()
                .filter(rate -> told.test(rate.getKey()))
                .map(rate -> new Load(rate.getKey(), rate.getValue()))
                .sorted(Comparator.comparingDouble(Load::perSecond).reversed())
                .limit(MAX_SERVICES)
                .toList();
    }
}
