package io.tombolo.dataplane.feed;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.setting.Setting;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which imported services this sidecar calls: of these the controller sends the endpoints, of all others the names. Any thread;
 * nothing blocks. The monotonic time is handed in.
 */
public final class Interests {
    /** How long a first call waits for what it needs. */
    public static final Duration PATIENCE = Duration.ofMillis(300);

    /** A use is noted again after this time only, so that a busy service costs one look-up a request. */
    private static final long NOTED_FOR_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Limits limits;
    private final Set<ServiceName> always;
    private final Map<ServiceName, Long> usedNanos = new ConcurrentHashMap<>();
    private final Map<ServiceName, CompletableFuture<Void>> awaited = new ConcurrentHashMap<>();
    private volatile Predicate<ServiceName> kept = service -> false;
    private volatile Consumer<Set<ServiceName>> tell = services -> {};

    /**
     * How much is remembered.
     * @param keep a service that was not called for longer is forgotten; 1 min to 7 d
     * @param most services at once; 1 to 10000
     */
    public record Limits(Duration keep, int most) {
        /** 30 minutes, 4096 services. */
        public static final Limits DEFAULT = new Limits(Duration.ofMinutes(30), 4_096);

        public Limits {
            Setting.check(keep.toMinutes() >= 1 && keep.toDays() <= 7, "interest.keep", keep, "1m to 7d");
            Setting.check(most >= 1 && most <= 10_000, "interest.max", most, "1 to 10000");
        }
    }

    /** @param always never forgotten, such as those with a local port of their own */
    public Interests(Limits limits, Set<ServiceName> always) {
        this.limits = limits;
        this.always = Set.copyOf(always);
    }

    /** Others that are not forgotten as long as {@code also} holds. */
    public void keepWhile(Predicate<ServiceName> also) {
        kept = also;
    }

    /** Who is told whenever the services change. */
    void onChange(Consumer<Set<ServiceName>> listener) {
        tell = listener;
    }

    /** Services that were in use when this sidecar last ran. */
    void resume(Collection<ServiceName> before, long nowNanos) {
        before.stream().limit(limits.most()).forEach(service -> usedNanos.put(service, nowNanos));
    }

    /** All that are of interest. */
    public Set<ServiceName> services() {
        Set<ServiceName> all = new HashSet<>(always);
        all.addAll(usedNanos.keySet());
        return Set.copyOf(all);
    }

    /** It is called. */
    public void used(ServiceName service, long nowNanos) {
        Long last = usedNanos.get(service);
        if (last == null) {
            enter(service, nowNanos);
        } else if (nowNanos - last > NOTED_FOR_NANOS) {
            usedNanos.put(service, nowNanos);
        }
    }

    private boolean enter(ServiceName service, long nowNanos) {
        if (always.contains(service)) {
            return true;
        }
        if (usedNanos.size() >= limits.most() && !usedNanos.containsKey(service)) {
            return false;
        }
        if (usedNanos.put(service, nowNanos) == null) {
            tell.accept(services());
        }
        return true;
    }

    /**
     * Asks for what is needed to call it.
     * @return completes normally when it is there, and when {@link #PATIENCE} is over or there are too many; on any thread
     */
    CompletableFuture<Void> require(ServiceName service, long nowNanos) {
        CompletableFuture<Void> there = awaited.computeIfAbsent(service, this::patient);
        if (!enter(service, nowNanos)) {
            answered(service);
        }
        return there;
    }

    /** One for all who wait for the same. */
    private CompletableFuture<Void> patient(ServiceName service) {
        var waiting = new CompletableFuture<Void>();
        waiting.whenComplete((there, never) -> awaited.remove(service, waiting));
        return waiting.completeOnTimeout(null, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The configuration changed: whoever waits for what it has now goes on. */
    void follow(ProxyConfig now) {
        awaited.keySet().stream().filter(service -> !now.isHeldBack(service)).forEach(this::answered);
    }

    private void answered(ServiceName service) {
        CompletableFuture<Void> waiting = awaited.remove(service);
        if (waiting != null) {
            waiting.complete(null);
        }
    }

    /** Forgets what was not called for too long. */
    void look(long nowNanos) {
        boolean changed = usedNanos
                .entrySet()
                .removeIf(use -> nowNanos - use.getValue() > limits.keep().toNanos() && !kept.test(use.getKey()));
        if (changed) {
            tell.accept(services());
        }
    }
}
