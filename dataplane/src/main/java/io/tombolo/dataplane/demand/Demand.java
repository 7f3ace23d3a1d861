package io.tombolo.dataplane.demand;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Urgencies;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Counts calls by service. {@link #called} is safe on any thread; {@link #sample} is for one thread at a time. */
public final class Demand {
    /** Services counted at once; the controller is told of as many. */
    public static final int MAX_SERVICES = 1_024;

    private static final double NANOS = 1e9;

    /** A new sample counts half: what is asked for is to be known within seconds, but not to jump with every pause. */
    private static final double NEWEST = 0.5;

    /** Below one request in this many seconds a service is not called any more. */
    private static final double QUIET_PER_SECOND = 0.05;

    private final ConcurrentMap<ServiceName, List<LongAdder>> calls = new ConcurrentHashMap<>();
    private final Map<ServiceName, double[]> rates = new HashMap<>();
    private long sampledNanos;

    /**
     * What is asked for of one service.
     * @param perSecond requests and TCP connections, smoothed
     * @param urgencies what they are made up of
     */
    public record Load(ServiceName service, double perSecond, Urgencies urgencies) {}

    /** @param nowNanos monotonic, of the beginning */
    public Demand(long nowNanos) {
        this.sampledNanos = nowNanos;
    }

    /**
     * One first attempt.
     * @param urgency 0 to 7
     */
    public void called(ServiceName service, int urgency) {
        List<LongAdder> counters = calls.get(service);
        if (counters == null && calls.size() < MAX_SERVICES) {
            counters = calls.computeIfAbsent(service, _ -> fresh());
        }
        if (counters != null) {
            counters.get(urgency).increment();
        }
    }

    private static List<LongAdder> fresh() {
        return Stream.generate(LongAdder::new).limit(Urgencies.COUNT).toList();
    }

    /**
     * Takes a sample, and forgets who is not called any more.
     * @param told the services to tell of
     * @return the busiest first
     */
    public List<Load> sample(Predicate<ServiceName> told, long nowNanos) {
        double seconds = Math.max(1, nowNanos - sampledNanos) / NANOS;
        sampledNanos = nowNanos;
        calls.forEach((service, counters) -> {
            double[] now = counters.stream()
                    .mapToDouble(counter -> counter.sumThenReset() / seconds)
                    .toArray();
            rates.merge(service, now, Demand::smoothed);
        });
        rates.values().removeIf(rate -> sum(rate) < QUIET_PER_SECOND);
        calls.keySet().retainAll(rates.keySet());
        return rates.entrySet().stream()
                .filter(rate -> told.test(rate.getKey()))
                .map(rate -> new Load(rate.getKey(), sum(rate.getValue()), Urgencies.of(rate.getValue())))
                .sorted(Comparator.comparingDouble(Load::perSecond).reversed())
                .limit(MAX_SERVICES)
                .toList();
    }

    private static double[] smoothed(double[] before, double[] now) {
        return IntStream.range(0, now.length)
                .mapToDouble(urgency -> before[urgency] + (now[urgency] - before[urgency]) * NEWEST)
                .toArray();
    }

    private static double sum(double[] rate) {
        return Arrays.stream(rate).sum();
    }
}
