package io.tombolo.dataplane.outcome;

import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which other clusters got requests lately, or would be the next to get some. Any thread; time is handed in. */
public final class UsedClusters {
    /** Not used for longer is not used. */
    public static final Duration USED_FOR = Duration.ofMinutes(5);

    /** Most clusters remembered; what comes later waits until one is forgotten. */
    public static final int MAX_CLUSTERS = 1_024;

    /** A use is noted again after this time only, so that a busy cluster costs one look-up a request. */
    private static final long NOTED_FOR_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<ClusterId, Long> lastNanos = new ConcurrentHashMap<>();

    /** A request goes there. */
    public void used(ClusterId cluster, long nowNanos) {
        @Nullable Long last = lastNanos.get(cluster);
        if (last == null ? lastNanos.size() < MAX_CLUSTERS : nowNanos - last > NOTED_FOR_NANOS) {
            lastNanos.put(cluster, nowNanos);
        }
    }

    /** Those in use, by name; forgets the others. */
    public List<ClusterId> now(long nowNanos) {
        lastNanos.values().removeIf(last -> nowNanos - last > USED_FOR.toNanos());
        return lastNanos.keySet().stream()
                .sorted(Comparator.comparing(ClusterId::value))
                .toList();
    }
}
