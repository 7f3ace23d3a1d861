package io.tombolo.it.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Load;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A caller that asks so many times a second.
 * @param connections its own, to its sidecar
 */
record Traffic(Caller caller, int perSecond, int connections) {
    private static final int STEADY = 40;

    /** While anything is refused for want of capacity, this is. */
    private static final String REFUSED_FIRST = "Priority: u=7";

    /** Waits until those clusters answer everything. */
    Traffic steadilyBy(String... clusters) {
        Awaitility.await("everything answered by " + String.join(", ", clusters))
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> List.of(clusters).containsAll(answeredBy(STEADY)));
        return this;
    }

    /** Waits until the caller itself measures so many gateways that answer: of who is called, and of who would be next. */
    Traffic measuring(int gateways) {
        Awaitility.await(gateways + " gateways that the caller measures")
                .atMost(Duration.ofSeconds(30))
                .until(() -> caller.sidecar().counted("tombolo_paths_up") >= gateways);
        return this;
    }

    /** Waits until none of the caller's loops holds anything against an instance any more. */
    Traffic ejectingNobody() {
        Awaitility.await("nobody ejected")
                .atMost(Duration.ofMinutes(2))
                .until(() -> caller.sidecar().counted("tombolo_ejected_instances") == 0);
        return this;
    }

    /** Asks at full rate until half of a second's requests are answered within 50 ms: programs that just began are slow. */
    Traffic warm() {
        Awaitility.await("a machine and programs that are fast enough for " + perSecond + "/s")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    try (Load load = Load.of(caller, "GET", perSecond, connections)) {
                        load.awaitMore(perSecond * 3);
                        Curve curve = Curve.of(load.stop(), System.nanoTime());
                        return curve.median(-1, 0).toMillis() < 50;
                    }
                });
        return this;
    }

    /** What that cluster answers now, 0.0 to 1.0. */
    double shareOf(String cluster) {
        List<String> by = answeredBy(200);
        return by.stream().filter(cluster::equals).count() / (double) by.size();
    }

    /** Who answers some requests now, on connections to each of the caller's loops; empty for one that failed. */
    private List<String> answeredBy(int requests) {
        try (Load load = Load.with(REFUSED_FIRST, caller, 200, 8)) {
            return load.awaitMore(requests).stop().answers().stream()
                    .map(answer -> answer.by().split(" ")[0])
                    .toList();
        }
    }

    /** Asks for more than two seconds, lets {@code fault} begin, and asks for so many more. */
    Curve around(String title, int seconds, Runnable fault) {
        return around("GET", title, seconds, fault);
    }

    /** The same with another method. */
    Curve around(String method, String title, int seconds, Runnable fault) {
        try (Load load = Load.of(caller, method, perSecond, connections)) {
            load.awaitMore(perSecond * 5 / 2); // and a half: the load's own beginning is no whole second of the curve
            List<String> before = caller.sidecar().counts("tombolo_faults_total");
            long at = System.nanoTime();
            fault.run();
            long left = at + TimeUnit.SECONDS.toNanos(seconds) - System.nanoTime();
            load.awaitMore((int) Math.max(1, perSecond * left / TimeUnit.SECONDS.toNanos(1)));
            Curve curve = Curve.of(load.stop(), at);
            System.out.println(curve.table(title + " at " + perSecond + "/s") + "its caller counted before: " + before
                    + "\nand after: " + caller.sidecar().counts("tombolo_faults_total"));
            assertThat(curve.answers()).hasSizeGreaterThan(perSecond * seconds / 2);
            return curve;
        }
    }
}
