package io.tombolo.dataplane.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.RetryBudget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetsTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final ServiceName STOCK = new ServiceName("shop", "stock");
    private static final long LATER = Duration.ofSeconds(11).toNanos();

    private final RetryBudgets budgets = new RetryBudgets(new RetryBudget(50, Duration.ofSeconds(10), 1));

    @Test
    void aServiceHasAPartOfItsOwnRequestsForRetries() {
        // Given
        for (int i = 0; i < 100; i++) {
            budgets.requested(CHECKOUT, 0);
        }
        // When
        int retries = retriesOf(CHECKOUT, 0);
        // Then
        assertThat(retries).isEqualTo(50);
        assertThat(retriesOf(STOCK, 0)).as("what any service may").isEqualTo(10);
    }

    @Test
    void whatWasLongAgoCountsNoMore() {
        for (int i = 0; i < 100; i++) {
            budgets.requested(CHECKOUT, 0);
        }
        assertThat(retriesOf(CHECKOUT, LATER)).isEqualTo(10);
    }

    private int retriesOf(ServiceName service, long nowNanos) {
        int made = 0;
        while (budgets.allows(service, nowNanos)) {
            budgets.retried(service, nowNanos);
            made++;
        }
        return made;
    }
}
