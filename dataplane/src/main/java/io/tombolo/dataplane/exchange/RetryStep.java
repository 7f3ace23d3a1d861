package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.limit.RetryBudgets;
import io.tombolo.dataplane.limit.ServiceLimits;
import io.tombolo.model.name.ServiceName;
import java.util.Optional;

/**
 * Whether one more attempt of a request is within the budget of its service.
 * @param own of its TrafficPolicy, which counts requests by itself; empty = the usual one
 */
record RetryStep(RetryBudgets usual, ServiceName service, Optional<ServiceLimits> own) {
    /** Of a request that begins now. */
    static RetryStep of(RetryBudgets usual, ServiceName service, Optional<TrafficStep> traffic, long nowNanos) {
        var step =
                new RetryStep(usual, service, traffic.map(TrafficStep::limits).filter(ServiceLimits::hasRetryBudget));
        if (step.own.isEmpty()) {
            usual.requested(service, nowNanos);
        }
        return step;
    }

    void retried(long nowNanos) {
        own.ifPresentOrElse(limits -> limits.retried(nowNanos), () -> usual.retried(service, nowNanos));
    }

    boolean allows(long nowNanos) {
        return own.map(limits -> limits.mayRetry(nowNanos)).orElseGet(() -> usual.allows(service, nowNanos));
    }
}
