package io.tombolo.controller.kube;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Which changes the API server made and the watch has not brought yet: to ask for one again, of the same version of the object, would
 * only be a conflict. The monotonic time is handed in. One thread's own.
 */
final class Awaited {
    /** A change that changed nothing never comes. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(10).toNanos();

    private final Map<String, Made> all = new HashMap<>();

    private record Made(String version, long atNanos) {}

    /** @param version of the object as it is known */
    boolean has(String object, String version, long nowNanos) {
        Made made = all.get(object);
        return made != null && made.version().equals(version) && nowNanos - made.atNanos() < LONGEST_NANOS;
    }

    /** @param version that was changed */
    void made(String object, String version, long nowNanos) {
        all.put(object, new Made(version, nowNanos));
    }

    /** Of the others nothing is to be known any more. */
    void keepOnly(Collection<String> those) {
        all.keySet().retainAll(those);
    }
}
