package io.tombolo.trustbundle.svid;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** When to renew: at half of the life, 10 % earlier or later, so that a fleet that started together does not renew together. */
public final class RenewalTime {
    private static final double HALF = 0.5;
    private static final double JITTER = 0.1;

    private RenewalTime() {}

    /**
     * A time between 45 % and 55 % of the life.
     * @param seed any number that differs between processes, such as the serial's low bits
     */
    public static Instant of(Instant notBefore, Instant notAfter, long seed) {
        double share = HALF * (1 - JITTER + 2 * JITTER * new SplittableRandom(seed).nextDouble());
        long lifeMillis = Math.max(0, Duration.between(notBefore, notAfter).toMillis());
        return notBefore.plusMillis((long) (lifeMillis * share));
    }

    /** The time for {@code svid}; the same whenever it is asked for. */
    public static Instant of(Svid svid) {
        return of(svid.notBefore(), svid.notAfter(), svid.serial().longValue());
    }
}
