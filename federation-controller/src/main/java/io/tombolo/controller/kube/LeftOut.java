package io.tombolo.controller.kube;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a limit leaves out: a gauge says how much, the log what, once. One thread's own. */
final class LeftOut {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOut.class);

    /** Whoever reads of so many needs no more names. */
    private static final int MOST_NAMED = 20;

    private final AtomicInteger count = new AtomicInteger();
    private final Strangers<String> told = new Strangers<>();
    private final String message;

    /** @param what is left out, for the gauge. @param message for the log */
    LeftOut(String what, String message) {
        this.message = message;
        Metrics.gauge("tombolo.kubernetes.left.out", Tags.of("what", what), count);
    }

    /** @param of what something is missing in. @param now how many things */
    void are(Set<String> of, int now) {
        count.set(now);
        List<String> came = told.newAmong(of);
        if (!came.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("of", came.stream().sorted().limit(MOST_NAMED).toList())
                    .addKeyValue("more", Math.max(0, came.size() - MOST_NAMED))
                    .log(message);
        }
    }
}
