package io.tombolo.cli.drill;

import io.tombolo.cli.running.AdminPage;
import io.tombolo.cli.running.MetricLine;
import io.tombolo.cli.running.RunningSidecar;
import java.util.HashMap;

/** What a workload really calls, as its sidecar counts it. */
final class SidecarCalls implements Watched {
    private static final String REQUESTS = "tombolo_requests_total";
    private static final int SERVER_ERROR = 500;

    private final RunningSidecar sidecar;
    private final AdminPage page;
    private final String service;

    /** @param service name.namespace; empty = all that it calls */
    SidecarCalls(RunningSidecar sidecar, String service) {
        this.sidecar = sidecar;
        this.page = AdminPage.of(sidecar);
        this.service = service;
    }

    @Override
    public Calls now() {
        return read(page.text("/metrics"), service);
    }

    static Calls read(String metrics, String service) {
        long[] counts = new long[2];
        var by = new HashMap<String, Long>();
        MetricLine.of(metrics, REQUESTS)
                .filter(line -> line.label("direction").equals("outbound"))
                .filter(line -> service.isEmpty()
                        || service.equals(
                                line.label("destination_service") + "." + line.label("destination_namespace")))
                .forEach(line -> {
                    long calls = (long) line.value();
                    counts[0] += calls;
                    if (isFailure(line)) {
                        counts[1] += calls;
                    } else {
                        by.merge(line.label("destination_cluster"), calls, Long::sum);
                    }
                });
        return new Calls(counts[0], counts[1], by);
    }

    /** An answer of 5xx that the application gave itself is one too. */
    private static boolean isFailure(MetricLine line) {
        String blame = line.label("blame");
        String code = line.label("response_code");
        boolean broken = code.matches("[0-9]{3}") && Integer.parseInt(code) >= SERVER_ERROR;
        return !blame.equals("CLIENT") && (broken || !blame.equals("none"));
    }

    @Override
    public String said() {
        return "the calls" + (service.isEmpty() ? "" : " of " + service) + " through the " + sidecar;
    }

    @Override
    public void close() {
        page.close();
    }
}
