package io.tombolo.cli.traffic;

import io.tombolo.cli.running.MetricLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The traffic of one sidecar as its numbers told it at one moment.
 * @param ways what was counted since the sidecar's start
 */
record Sample(Map<Way, Counts> ways) {
    private static final String REQUESTS = "tombolo_requests_total";
    private static final String BUCKET = "tombolo_request_duration_seconds_bucket";

    /** From whom to whom. */
    record Way(String direction, String source, String sourceCluster, String destination, String destinationCluster) {}

    /** Requests by whose doing failures were, and by the upper end of their duration, in s, with all that were faster. */
    static final class Counts {
        final Map<String, Double> byBlame = new HashMap<>();
        final Map<Double, Double> upTo = new LinkedHashMap<>();

        /** What came after {@code before}; a sidecar that began anew has none before. */
        Counts since(Counts before) {
            if (total() < before.total()) {
                return this;
            }
            var delta = new Counts();
            byBlame.forEach((blame, n) -> delta.byBlame.put(blame, n - before.byBlame.getOrDefault(blame, 0.0)));
            upTo.forEach((bound, n) -> delta.upTo.put(bound, n - before.upTo.getOrDefault(bound, 0.0)));
            return delta;
        }

        double total() {
            return sum(List.copyOf(byBlame.values()));
        }

        private static double sum(List<Double> numbers) {
            return numbers.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** Reads the text format of Prometheus as far as it is about requests. */
    static Sample read(String metrics) {
        var ways = new LinkedHashMap<Way, Counts>();
        MetricLine.of(metrics, REQUESTS, BUCKET).forEach(line -> {
            Counts counts = ways.computeIfAbsent(way(line.labels()), unknown -> new Counts());
            if (line.name().equals(REQUESTS)) {
                counts.byBlame.merge(line.label("blame"), line.value(), Double::sum);
            } else {
                counts.upTo.merge(bound(line.label("le")), line.value(), Double::sum);
            }
        });
        return new Sample(ways);
    }

    private static double bound(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static Way way(Map<String, String> labels) {
        return new Way(
                labels.getOrDefault("direction", ""),
                labels.get("source_workload") + "." + labels.get("source_namespace"),
                labels.getOrDefault("source_cluster", ""),
                labels.get("destination_service") + "." + labels.get("destination_namespace") + ":"
                        + labels.get("destination_port"),
                labels.getOrDefault("destination_cluster", ""));
    }

    /** What came since {@code before}, the busiest first. */
    List<Rate> since(Sample before, double seconds) {
        var rates = new ArrayList<Rate>();
        ways.forEach((way, counts) -> {
            Counts delta = counts.since(before.ways.getOrDefault(way, new Counts()));
            if (delta.total() > 0) {
                rates.add(Rate.of(way, delta, seconds));
            }
        });
        rates.sort((one, other) -> Double.compare(other.perSecond(), one.perSecond()));
        return rates;
    }
}
