package io.tombolo.dataplane.upstream;

import io.tombolo.model.setting.Setting;
import java.time.Duration;

/**
 * How long connections are kept and how many.
 * @param pool           what its keys begin with: {@code pool} or {@code app-pool}
 * @param idle           unused for longer is closed; 100 ms to 1 h
 * @param maxAge         not used again when older; each connection draws its own up to 20 % less; 1 s to 24 h
 * @param maxConnections open at once, on one loop; 1 to 100000
 * @param maxDials       made at once to one target, on one loop, after 4 at first; who comes then waits for one of these or
 *     for one given back; 1 to 1000
 */
public record PoolLimits(String pool, Duration idle, Duration maxAge, int maxConnections, int maxDials) {
    /** Into the mesh: 60 s, 30 min, 512, 16. */
    public static final PoolLimits DEFAULT =
            new PoolLimits("pool", Duration.ofSeconds(60), Duration.ofMinutes(30), 512, 16);

    /** To applications. Given up soon: they are cheap, and applications close idle ones without a word. */
    public static final PoolLimits OF_APPS =
            new PoolLimits("app-pool", Duration.ofSeconds(2), Duration.ofMinutes(30), 1_024, 16);

    public PoolLimits {
        Setting.check(idle.toMillis() >= 100 && idle.toHours() <= 1, pool + ".idle", idle, "100ms to 1h");
        Setting.check(maxAge.toSeconds() >= 1 && maxAge.toHours() <= 24, pool + ".max-age", maxAge, "1s to 24h");
        Setting.check(
                maxConnections >= 1 && maxConnections <= 100_000,
                pool + ".max-connections",
                maxConnections,
                "1 to 100000");
        Setting.check(maxDials >= 1 && maxDials <= 1_000, pool + ".max-dials", maxDials, "1 to 1000");
    }
}
