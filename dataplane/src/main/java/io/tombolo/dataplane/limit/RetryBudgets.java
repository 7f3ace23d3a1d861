package io.tombolo.dataplane.limit;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.RetryBudget;
import java.util.Map;

/**
 * One loop's budgets for retries of services whose TrafficPolicy has none: one for all attempts after the first, whichever cluster
 * they go to. On that loop.
 */
public final class RetryBudgets {
    private static final int MAX_SERVICES = 4_096;

    private final RetryBudget budget;
    private final Map<ServiceName, RetryTally> services = new LastUsed<>(MAX_SERVICES);

    public RetryBudgets(RetryBudget budget) {
        this.budget = budget;
    }

    public void requested(ServiceName service, long nowNanos) {
        tally(service).requested(nowNanos, budget.interval());
    }

    /** One more retry is made, whether within the budget or not. */
    public void retried(ServiceName service, long nowNanos) {
        tally(service).retried(nowNanos, budget.interval());
    }

    public boolean allows(ServiceName service, long nowNanos) {
        return tally(service).allows(budget, nowNanos);
    }

    private RetryTally tally(ServiceName service) {
        return services.computeIfAbsent(service, _ -> new RetryTally());
    }
}
