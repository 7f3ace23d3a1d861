package io.tombolo.dataplane.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.RateLimit;
import io.tombolo.model.traffic.RetryBudget;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.model.traffic.TrafficPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final ServiceName SERVICE = new ServiceName("shop", "checkout");
    private static final TrustDomain DOMAIN = new TrustDomain("west.test");
    private static final SpiffeId WEB = new SpiffeId(DOMAIN, "shop", "web");
    private static final SpiffeId JOB = new SpiffeId(DOMAIN, "shop", "job");

    private final Occupancies occupancies = new Occupancies();

    private static TrafficPolicy policy(TrafficLimits limits, Optional<RetryBudget> retries) {
        return new TrafficPolicy(
                SERVICE,
                SERVICE,
                Instant.EPOCH,
                Balance.DEFAULT,
                Duration.ZERO,
                limits,
                retries,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static TrafficLimits requests(int most) {
        return new TrafficLimits(OptionalInt.empty(), OptionalInt.of(0), OptionalInt.of(most), OptionalInt.empty());
    }

    @Test
    void requestsBeyondTheLimitWaitUntilOneHasEnded() {
        // Given
        ServiceLimits limits = occupancies.of(policy(requests(2), Optional.empty()));
        assertThat(limits.requestBegins(0)).isTrue();
        assertThat(limits.requestBegins(0)).isTrue();
        // When
        boolean third = limits.requestBegins(0);
        limits.requestEnded();
        // Then
        assertThat(third).isFalse();
        assertThat(limits.requestBegins(0)).isTrue();
        assertThat(limits.waitBegins()).isFalse();
    }

    @Test
    void whatGoesOnStillCountsWhenThePolicyChanges() {
        // Given
        occupancies.of(policy(requests(2), Optional.empty())).requestBegins(0);
        // When
        ServiceLimits tighter = occupancies.of(policy(requests(1), Optional.empty()));
        // Then
        assertThat(tighter.requestBegins(0)).isFalse();
    }

    @Test
    void retriesAreAPartOfTheRequestsOfTheLastInterval() {
        // Given
        var budget = new RetryBudget(20, Duration.ofSeconds(10), 0);
        ServiceLimits limits = occupancies.of(policy(TrafficLimits.NONE, Optional.of(budget)));
        for (int i = 0; i < 50; i++) {
            limits.requestBegins(millis(i * 100));
        }
        // When
        int retries = 0;
        while (limits.mayRetry(millis(5_000))) {
            limits.retried(millis(5_000));
            retries++;
        }
        // Then
        assertThat(retries).isEqualTo(10);
        assertThat(limits.mayRetry(millis(9_000))).isFalse();
        limits.requestBegins(millis(40_000));
        assertThat(limits.mayRetry(millis(40_000))).as("a fifth of one request").isFalse();
        for (int i = 0; i < 10; i++) {
            limits.requestBegins(millis(40_000));
        }
        assertThat(limits.mayRetry(millis(40_000))).isTrue();
    }

    @Test
    void someRetriesAreAllowedHoweverFewRequestsThereAre() {
        var budget = new RetryBudget(0, Duration.ofSeconds(2), 3);
        ServiceLimits limits = occupancies.of(policy(TrafficLimits.NONE, Optional.of(budget)));
        for (int i = 0; i < 6; i++) {
            assertThat(limits.mayRetry(millis(1))).isTrue();
            limits.retried(millis(1));
        }
        assertThat(limits.mayRetry(millis(1))).isFalse();
        assertThat(limits.mayRetry(millis(2_500))).isTrue();
    }

    @Test
    void aRateLimitLetsABurstThroughAndThenItsPace() {
        // Given
        var gate = new RateGate();
        var limit = new RateLimit(10, Duration.ofSeconds(1), 3, RateLimit.Scope.INSTANCE);
        for (int i = 0; i < 3; i++) {
            gate.take(SERVICE, limit, WEB, 0);
        }
        // When, Then
        assertThatThrownBy(() -> gate.take(SERVICE, limit, JOB, millis(99)))
                .hasMessageContaining("TB-2033")
                .hasMessageContaining("shop/checkout");
        int let = 0;
        for (int ms = 100; ms < 10_100; ms++) {
            let += passes(gate, limit, WEB, ms) ? 1 : 0;
        }
        assertThat(let).isEqualTo(100);
    }

    @Test
    void aCallerWithARateOfItsOwnIsNotHeldUpByOthers() {
        var gate = new RateGate();
        var limit = new RateLimit(1, Duration.ofSeconds(1), 1, RateLimit.Scope.CALLER);
        gate.take(SERVICE, limit, WEB, 0);
        assertThat(passes(gate, limit, WEB, 1)).isFalse();
        assertThatCode(() -> gate.take(SERVICE, limit, JOB, millis(1))).doesNotThrowAnyException();
    }

    private static boolean passes(RateGate gate, RateLimit limit, SpiffeId caller, int ms) {
        try {
            gate.take(SERVICE, limit, caller, millis(ms));
            return true;
        } catch (io.tombolo.model.fault.TomboloException tooFast) {
            return false;
        }
    }

    private static long millis(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
