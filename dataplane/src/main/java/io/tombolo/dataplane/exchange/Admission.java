package io.tombolo.dataplane.exchange;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServicePort;
import java.util.concurrent.atomic.AtomicInteger;

/** The last guard before the application: no more at once than it may be asked to work on. Any thread. */
final class Admission {
    private final int maxConcurrent;
    private final AtomicInteger inWork = new AtomicInteger();

    Admission(int maxConcurrent) {
        this.maxConcurrent = maxConcurrent;
    }

    /** One more; must be followed by {@link #leave}. Throws TOO_MANY_REQUESTS. */
    void enter(ServicePort port) {
        if (inWork.incrementAndGet() > maxConcurrent) {
            inWork.decrementAndGet();
            throw new TomboloException(
                    Fault.TOO_MANY_REQUESTS,
                    "service " + port,
                    "this instance works on " + maxConcurrent + " requests already",
                    "run more instances, or raise sidecar.inbound.max-concurrent (at a gateway: endpoints.max-concurrent)");
        }
    }

    void leave() {
        inWork.decrementAndGet();
    }

    int inWork() {
        return inWork.get();
    }
}
