package io.tombolo.dataplane.capture;

import io.tombolo.model.name.Callee;
import java.net.Inet4Address;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which address of a range is whose. One that is given back rests: whoever had it gets it again, and nobody else does as long as a
 * program may remember it. Single instances, of which there may be many, leave half of the range to services. Not safe for threads;
 * the monotonic time is handed in.
 */
final class VipPlaces {
    /** Answers hold for 5 s; programs that look names up themselves, and keep them, are known to keep them for minutes. */
    static final Duration REST = Duration.ofMinutes(10);

    private final VipRange range;
    private final Map<Callee, Inet4Address> held = new HashMap<>();
    private final Map<Callee, Resting> resting = new HashMap<>();
    private final Set<Inet4Address> taken = new HashSet<>();

    private record Resting(Inet4Address address, long sinceNanos) {}

    VipPlaces(VipRange range) {
        this.range = range;
    }

    /** Its address; empty if there is none left for it. */
    Optional<Inet4Address> take(Callee callee, long nowNanos) {
        if (held.containsKey(callee)) {
            return Optional.of(held.get(callee));
        }
        rested(nowNanos);
        Optional<Inet4Address> found = Optional.ofNullable(resting.remove(callee))
                .map(Resting::address)
                .or(() -> free(callee));
        found.ifPresent(address -> {
            taken.add(address);
            held.put(callee, address);
        });
        return found;
    }

    private Optional<Inet4Address> free(Callee callee) {
        return callee instanceof Callee.One && instances() >= range.usable() / 2
                ? Optional.empty()
                : range.candidates(callee)
                        .filter(address -> !taken.contains(address))
                        .findFirst();
    }

    /** It is gone. */
    void giveBack(Callee callee, long nowNanos) {
        Inet4Address address = held.remove(callee);
        if (address != null) {
            resting.put(callee, new Resting(address, nowNanos));
        }
    }

    private void rested(long nowNanos) {
        resting.values().removeIf(each -> {
            boolean over = nowNanos - each.sinceNanos() >= REST.toNanos();
            if (over) {
                taken.remove(each.address());
            }
            return over;
        });
    }

    private long instances() {
        return of(held.keySet()) + of(resting.keySet());
    }

    private static long of(Set<Callee> callees) {
        return callees.stream().filter(Callee.One.class::isInstance).count();
    }

    /** Addresses that rest, some of them for long enough. */
    int resting() {
        return resting.size();
    }
}
