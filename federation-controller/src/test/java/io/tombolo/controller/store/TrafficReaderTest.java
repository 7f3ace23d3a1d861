package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.model.traffic.FaultInjection;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.RateLimit;
import io.tombolo.model.traffic.RetryBudget;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.model.traffic.TrafficPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficReaderTest {
    private static final ServiceName NAME = new ServiceName("shop", "p");

    private static TrafficPolicy read(String spec) {
        String yaml = "apiVersion: tombolo.io/v1\nkind: TrafficPolicy\nmetadata: {name: p, namespace: shop}\nspec: {"
                + spec + "}\n";
        return ((Spec.Traffic) ResourceReader.read(yaml).getFirst().spec()).policy();
    }

    @Test
    void everyFieldIsRead() {
        TrafficPolicy policy = read("""
                targetRef: {kind: Service, name: checkout},
                balance: {by: Hash, hash: {header: X-User}, slowStart: 30s},
                limits: {connections: 1, pending: 0, requests: 3, streams: 4},
                retries: {budgetPercent: 25, interval: 5s, minPerSecond: 2},
                ejection: {after: 3, base: 2s, longest: 1m, maxPercent: 20},
                rateLimit: {requests: 60, per: 1m, burst: 5, scope: Caller},
                faults: {delay: {percent: 0.5, by: 200ms}, abort: {percent: 100, status: 503}, until: "2026-12-01T10:00:00Z"}
                """);
        assertThat(policy)
                .isEqualTo(new TrafficPolicy(
                        NAME,
                        new ServiceName("shop", "checkout"),
                        Instant.EPOCH,
                        new Balance.Hash(new HashKey.Header("x-user")),
                        Duration.ofSeconds(30),
                        new TrafficLimits(OptionalInt.of(1), OptionalInt.of(0), OptionalInt.of(3), OptionalInt.of(4)),
                        Optional.of(new RetryBudget(25, Duration.ofSeconds(5), 2)),
                        Optional.of(new EjectionPolicy(3, Duration.ofSeconds(2), Duration.ofMinutes(1), 0.2)),
                        Optional.of(new RateLimit(60, Duration.ofMinutes(1), 5, RateLimit.Scope.CALLER)),
                        Optional.of(new FaultInjection(
                                Optional.of(new FaultInjection.Delay(50, Duration.ofMillis(200))),
                                Optional.of(new FaultInjection.Abort(10_000, 503)),
                                Instant.parse("2026-12-01T10:00:00Z")))));
    }

    @Test
    void whatIsNotWrittenIsAsWithoutAPolicy() {
        TrafficPolicy policy = read("targetRef: {name: checkout}");
        assertThat(policy.balance()).isEqualTo(Balance.DEFAULT);
        assertThat(policy.limits()).isEqualTo(TrafficLimits.NONE);
        assertThat(policy.retries()).isEmpty();
        assertThat(policy.rateLimit()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "targetRef: {kind: Pod, name: a} | spec.targetRef.kind",
                "limits: {requests: 1} | spec.targetRef.name",
                "targetRef: {name: a}, limit: {requests: 1} | spec.limit: unknown field",
                "targetRef: {name: a}, limits: {requests: null} | spec.limits.requests: has no value",
                "targetRef: {name: a}, limits: {requests: 0} | limits.requests 0",
                "targetRef: {name: a}, balance: {by: Hash} | spec.balance.hash",
                "targetRef: {name: a}, balance: {by: Random, hash: {source: true}} | spec.balance.hash",
                "targetRef: {name: a}, balance: {hash: {header: a, cookie: b}} | names not exactly one key",
                "targetRef: {name: a}, balance: {slowStart: 2h} | slowStart PT2H",
                "targetRef: {name: a}, retries: {budgetPercent: 101} | retries.budgetPercent 101",
                "targetRef: {name: a}, ejection: {maxPercent: 200} | ejection.max-share = 2.0",
                "targetRef: {name: a}, rateLimit: {requests: 1, scope: World} | rateLimit.scope",
                "targetRef: {name: a}, faults: {until: \"2026-12-01T10:00:00Z\"} | faults",
                "targetRef: {name: a}, faults: {abort: {percent: 1, status: 500}} | faults.until: is missing",
                "targetRef: {name: a}, faults: {abort: {percent: 0.001, status: 500}, until: \"2026-12-01T10:00:00Z\"} | percent",
                "targetRef: {name: a}, faults: {abort: {percent: 1, status: 200}, until: \"2026-12-01T10:00:00Z\"} | status 200",
            })
    void whatIsWrongIsRefusedByName(String spec, String said) {
        assertThatThrownBy(() -> read(spec)).hasMessageContaining("TB-1004").hasMessageContaining(said);
    }
}
