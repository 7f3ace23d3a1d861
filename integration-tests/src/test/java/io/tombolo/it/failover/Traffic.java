package io.tombolo.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Load;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A caller that asks so many times a second.
 * @param connections its own, to its sidecar
 */
record Traffic(Caller caller, int perSecond, int connections) {
    private static final int STEADY = 40;

    /** Waits until that cluster answers everything. */
    Traffic steadilyBy(String cluster) {
        Awaitility.await("everything answered by " + cluster)
                .atMost(Duration.ofSeconds(90))
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(50))
                .until(() -> answersOf(cluster) == STEADY);
        return this;
    }

    private int answersOf(String cluster) {
        for (int i = 0; i < STEADY; i++) {
            var answer = caller.gets("/");
            if (answer.statusCode() != 200 || !answer.body().startsWith(cluster + " ")) {
                return i;
            }
        }
        return STEADY;
    }

    /** Asks for more than two seconds, lets {@code fault} begin, and asks for so many more. */
    Curve around(String title, int seconds, Runnable fault) {
        return around("GET", title, seconds, fault);
    }

    /** The same with another method. */
    Curve around(String method, String title, int seconds, Runnable fault) {
        try (Load load = Load.of(caller, method, perSecond, connections)) {
            load.awaitMore(perSecond * 5 / 2); // and a half: the load's own beginning is no second of the curve
            long at = System.nanoTime();
            fault.run();
            long left = at + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime();
            load.awaitMore((int) Math.max(1, perSecond * left / TimeUnit.SECONDS.toNanos(1)));
            Curve curve = Curve.of(load.stop(), at);
            System.out.println(curve.table(title + " at " + perSecond + "/s"));
            assertThat(curve.answers()).hasSizeGreaterThan(perSecond * seconds / 2);
            return curve;
        }
    }
}
