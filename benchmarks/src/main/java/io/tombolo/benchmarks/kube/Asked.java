package io.tombolo.benchmarks.kube;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often an API server was asked for what a controller of ours asks for, as its own metrics count.
 * @param counts such as {@code UPDATE serviceimports/status}
 */
record Asked(Map<String, Long> counts) {
    private static final Pattern LINE =
            Pattern.compile("apiserver_request_total\\{([^}]*)} ([0-9.e+]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Set<String> OUR_GROUPS =
            Set.of("multicluster.x-k8s.io", "about.k8s.io", "tombolo.io", "gateway.networking.k8s.io");

    /** Of others' groups; {@code configmaps} and the like are asked for by the API server itself. */
    private static final Set<String> OUR_KINDS = Set.of("services", "endpointslices", "leases");

    /** @param metrics in the text format of Prometheus */
    static Asked of(String metrics) {
        var counts = new HashMap<String, Long>();
        Matcher line = LINE.matcher(metrics);
        while (line.find()) {
            Map<String, String> labels = labels(line.group(1));
            String kind = labels.getOrDefault("resource", "");
            if (OUR_GROUPS.contains(labels.getOrDefault("group", "")) || OUR_KINDS.contains(kind)) {
                String below = labels.getOrDefault("subresource", "");
                counts.merge(
                        labels.get("verb") + " " + kind + (below.isEmpty() ? "" : "/" + below),
                        (long) Double.parseDouble(line.group(2)),
                        Long::sum);
            }
        }
        return new Asked(counts);
    }

    private static Map<String, String> labels(String text) {
        var labels = new HashMap<String, String>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    /** What came since, without what did not. */
    Map<String, Long> since(Asked before) {
        var more = new TreeMap<String, Long>();
        counts.forEach((what, count) -> {
            long came = count - before.counts.getOrDefault(what, 0L);
            if (came > 0) {
                more.put(what, came);
            }
        });
        return more;
    }
}
