package io.tombolo.wire.codec;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.EjectionPolicy;
import io.tombolo.model.traffic.FaultInjection;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.RateLimit;
import io.tombolo.model.traffic.RetryBudget;
import io.tombolo.model.traffic.TrafficLimits;
import io.tombolo.wire.feed.TrafficPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Traffic policies on the wire. */
final class FeedTraffic {
    private static final double PERMILLE = 1_000;

    private FeedTraffic() {}

    static io.tombolo.model.traffic.TrafficPolicy toModel(TrafficPolicy wire) {
        var name = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "policy " + name;
        return new io.tombolo.model.traffic.TrafficPolicy(
                name,
                new ServiceName(wire.getNamespace(), wire.getService()),
                Wire.instant(where, wire.getCreatedAtMs()),
                balance(where, wire),
                millis(where, wire.getSlowStartMs()),
                limits(where, wire.getLimits()),
                wire.hasRetries() ? Optional.of(retries(where, wire.getRetries())) : Optional.empty(),
                wire.hasEjection() ? Optional.of(ejection(where, wire.getEjection())) : Optional.empty(),
                wire.hasRateLimit() ? Optional.of(rate(where, wire.getRateLimit())) : Optional.empty(),
                wire.hasFaults() ? Optional.of(faults(where, wire.getFaults())) : Optional.empty());
    }

    static TrafficPolicy toWire(io.tombolo.model.traffic.TrafficPolicy policy) {
        var wire = TrafficPolicy.newBuilder()
                .setNamespace(policy.name().namespace())
                .setName(policy.name().name())
                .setService(policy.service().name())
                .setCreatedAtMs(policy.createdAt().toEpochMilli())
                .setSlowStartMs(policy.slowStart().toMillis())
                .setLimits(limits(policy.limits()));
        balance(wire, policy.balance());
        policy.retries().ifPresent(budget -> wire.setRetries(retries(budget)));
        policy.ejection().ifPresent(ejection -> wire.setEjection(ejection(ejection)));
        policy.rateLimit().ifPresent(rate -> wire.setRateLimit(rate(rate)));
        policy.faults().ifPresent(faults -> wire.setFaults(faults(faults)));
        return wire.build();
    }

    private static Balance balance(String where, TrafficPolicy wire) {
        return switch (wire.getBalance()) {
            case LEAST_REQUEST -> new Balance.LeastRequest();
            case ROUND_ROBIN -> new Balance.RoundRobin();
            case RANDOM -> new Balance.Random();
            case HASH -> new Balance.Hash(key(where, wire.getHashKey()));
            case UNRECOGNIZED -> throw Wire.malformed(where, "its balance is not known");
        };
    }

    private static HashKey key(String where, TrafficPolicy.HashKey wire) {
        return switch (wire.getKeyCase()) {
            case HEADER -> new HashKey.Header(wire.getHeader());
            case COOKIE -> new HashKey.Cookie(wire.getCookie());
            case SOURCE -> new HashKey.Source();
            case KEY_NOT_SET -> throw Wire.malformed(where, "its hash has no key");
        };
    }

    private static void balance(TrafficPolicy.Builder wire, Balance balance) {
        switch (balance) {
            case Balance.LeastRequest() -> wire.setBalance(TrafficPolicy.Balance.LEAST_REQUEST);
            case Balance.RoundRobin() -> wire.setBalance(TrafficPolicy.Balance.ROUND_ROBIN);
            case Balance.Random() -> wire.setBalance(TrafficPolicy.Balance.RANDOM);
            case Balance.Hash(HashKey key) ->
                wire.setBalance(TrafficPolicy.Balance.HASH).setHashKey(key(key));
        }
    }

    private static TrafficPolicy.HashKey key(HashKey key) {
        var wire = TrafficPolicy.HashKey.newBuilder();
        return switch (key) {
            case HashKey.Header(String name) -> wire.setHeader(name).build();
            case HashKey.Cookie(String name) -> wire.setCookie(name).build();
            case HashKey.Source() ->
                wire.setSource(TrafficPolicy.HashKey.Source.getDefaultInstance())
                        .build();
        };
    }

    private static TrafficLimits limits(String where, TrafficPolicy.Limits wire) {
        return new TrafficLimits(
                limit(where, wire.hasConnections(), wire.getConnections()),
                limit(where, wire.hasPending(), wire.getPending()),
                limit(where, wire.hasRequests(), wire.getRequests()),
                limit(where, wire.hasStreams(), wire.getStreams()));
    }

    private static OptionalInt limit(String where, boolean said, int unsigned) {
        return said ? OptionalInt.of(Wire.count(where, unsigned)) : OptionalInt.empty();
    }

    private static TrafficPolicy.Limits limits(TrafficLimits limits) {
        var wire = TrafficPolicy.Limits.newBuilder();
        limits.connections().ifPresent(wire::setConnections);
        limits.pending().ifPresent(wire::setPending);
        limits.requests().ifPresent(wire::setRequests);
        limits.streams().ifPresent(wire::setStreams);
        return wire.build();
    }

    private static RetryBudget retries(String where, TrafficPolicy.RetryBudget wire) {
        return new RetryBudget(
                Wire.count(where, wire.getPercent()),
                millis(where, wire.getIntervalMs()),
                Wire.count(where, wire.getMinPerSecond()));
    }

    private static TrafficPolicy.RetryBudget retries(RetryBudget budget) {
        return TrafficPolicy.RetryBudget.newBuilder()
                .setPercent(budget.percent())
                .setIntervalMs(budget.interval().toMillis())
                .setMinPerSecond(budget.minPerSecond())
                .build();
    }

    private static EjectionPolicy ejection(String where, TrafficPolicy.Ejection wire) {
        return new EjectionPolicy(
                Wire.count(where, wire.getAfter()),
                millis(where, wire.getBaseMs()),
                millis(where, wire.getLongestMs()),
                Wire.count(where, wire.getMaxSharePermille()) / PERMILLE);
    }

    private static TrafficPolicy.Ejection ejection(EjectionPolicy ejection) {
        return TrafficPolicy.Ejection.newBuilder()
                .setAfter(ejection.ejectAfter())
                .setBaseMs(ejection.ejectFor().toMillis())
                .setLongestMs(ejection.longest().toMillis())
                .setMaxSharePermille((int) Math.round(ejection.maxShare() * PERMILLE))
                .build();
    }

    private static RateLimit rate(String where, TrafficPolicy.RateLimit wire) {
        RateLimit.Scope scope = switch (wire.getScope()) {
            case INSTANCE -> RateLimit.Scope.INSTANCE;
            case CALLER -> RateLimit.Scope.CALLER;
            case UNRECOGNIZED -> throw Wire.malformed(where, "its scope is not known");
        };
        return new RateLimit(
                Wire.count(where, wire.getRequests()),
                millis(where, wire.getPerMs()),
                Wire.count(where, wire.getBurst()),
                scope);
    }

    private static TrafficPolicy.RateLimit rate(RateLimit rate) {
        return TrafficPolicy.RateLimit.newBuilder()
                .setRequests(rate.requests())
                .setPerMs(rate.per().toMillis())
                .setBurst(rate.burst())
                .setScope(
                        switch (rate.scope()) {
                            case INSTANCE -> TrafficPolicy.RateLimit.Scope.INSTANCE;
                            case CALLER -> TrafficPolicy.RateLimit.Scope.CALLER;
                        })
                .build();
    }

    private static FaultInjection faults(String where, TrafficPolicy.Faults wire) {
        return new FaultInjection(
                wire.hasDelay()
                        ? Optional.of(new FaultInjection.Delay(
                                Wire.count(where, wire.getDelay().getPerTenThousand()),
                                millis(where, wire.getDelay().getByMs())))
                        : Optional.empty(),
                wire.hasAbort()
                        ? Optional.of(new FaultInjection.Abort(
                                Wire.count(where, wire.getAbort().getPerTenThousand()),
                                Wire.count(where, wire.getAbort().getStatus())))
                        : Optional.empty(),
                Wire.instant(where, wire.getUntilMs()));
    }

    private static TrafficPolicy.Faults faults(FaultInjection faults) {
        var wire = TrafficPolicy.Faults.newBuilder().setUntilMs(faults.until().toEpochMilli());
        faults.delay()
                .ifPresent(delay -> wire.setDelay(TrafficPolicy.Delay.newBuilder()
                        .setPerTenThousand(delay.perTenThousand())
                        .setByMs(delay.by().toMillis())));
        faults.abort()
                .ifPresent(abort -> wire.setAbort(TrafficPolicy.Abort.newBuilder()
                        .setPerTenThousand(abort.perTenThousand())
                        .setStatus(abort.status())));
        return wire.build();
    }

    private static Duration millis(String where, long unsigned) {
        return Duration.ofMillis(Wire.count(where, unsigned));
    }
}
