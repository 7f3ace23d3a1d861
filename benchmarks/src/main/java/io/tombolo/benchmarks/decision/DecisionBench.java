package io.tombolo.benchmarks.decision;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.Samples;
import io.tombolo.model.catalog.Freshness;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.Access;
import io.tombolo.model.routing.Failover;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Place;
import io.tombolo.model.routing.Situation;
import io.tombolo.model.routing.Strength;
import io.tombolo.model.routing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** One cluster of many dies: every service that it exported is decided anew, as after any change that concerns all of them. */
public final class DecisionBench {
    private static final double MICROS = 1e3;
    private static final double MILLIS = 1e6;
    private static final long SECOND = 1_000_000_000L;

    private DecisionBench() {}

    /** Prints the table. */
    public static void run(int rounds, int clusters, int services) {
        var took = new ArrayList<Double>();
        List<FailoverDecision> before = List.of();
        for (int round = 0; round < rounds; round++) {
            List<FailoverDecision> next = new ArrayList<>(services);
            Situation situation = situation(clusters, round % 2 == 1);
            long from = System.nanoTime();
            for (int service = 0; service < services; service++) {
                Optional<FailoverDecision> last =
                        before.isEmpty() ? Optional.empty() : Optional.of(before.get(service));
                next.add(Failover.decide(FailoverPolicy.DEFAULT, situation, last, round * SECOND));
            }
            took.add((double) (System.nanoTime() - from));
            before = next;
        }
        Samples samples = Samples.of(took.subList(rounds / 2, rounds)); // the first half warms up
        System.out.println(new Columns("clusters", "services", "all, ms (median)", "most", "one, µs")
                .row(
                        Integer.toString(clusters),
                        Integer.toString(services),
                        text(samples.median() / MILLIS),
                        text(samples.most() / MILLIS),
                        text(samples.median() / services / MICROS)));
    }

    private static Situation situation(int clusters, boolean oneIsDead) {
        var targets = new ArrayList<Target>(clusters);
        for (int i = 0; i < clusters; i++) {
            boolean local = i == 0;
            int ready = i == 1 && oneIsDead || local ? 0 : 3;
            targets.add(new Target(
                    new ClusterId("c" + i),
                    new Place(local, local, i % 5 == 0 || i == 1, Map.of()),
                    local ? Access.LOCAL : new Access(true, Freshness.FRESH, PathHealth.State.UP, 1_000 + i),
                    new Strength(OptionalInt.of(ready), OptionalInt.of(3), 600, local ? 600 : 6),
                    0));
        }
        return new Situation(targets, false, OptionalDouble.of(300), Optional.empty(), 0);
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
