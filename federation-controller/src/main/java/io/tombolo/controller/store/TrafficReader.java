package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
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
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads the spec of a {@code TrafficPolicy}. */
final class TrafficReader {
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(10);
    private static final int RETRIES_PER_SECOND = 10;
    private static final double PERCENT = 100;

    private TrafficReader() {}

    static Spec.Traffic policy(String path, JsonNode node, ServiceName name) {
        Fields spec = Fields.of(
                path, node, Set.of("targetRef", "balance", "limits", "retries", "ejection", "rateLimit", "faults"));
        Fields target = spec.object("targetRef", Set.of("kind", "name"));
        if (!target.text("kind", "Service").equals("Service")) {
            throw Fields.bad(target.path() + ".kind", "is not supported", "write Service");
        }
        Fields balance = spec.object("balance", Set.of("by", "hash", "slowStart"));
        return in(
                path,
                () -> new Spec.Traffic(new TrafficPolicy(
                        name,
                        new ServiceName(name.namespace(), target.requiredText("name")),
                        Instant.EPOCH,
                        balance(balance),
                        duration(balance, "slowStart", Duration.ZERO),
                        limits(spec),
                        optional(spec, "retries", TrafficReader::retries),
                        optional(spec, "ejection", TrafficReader::ejection),
                        optional(spec, "rateLimit", TrafficReader::rate),
                        optional(spec, "faults", TrafficReader::faults))));
    }

    private static Balance balance(Fields balance) {
        String by = balance.text("by", balance.has("hash") ? "Hash" : "LeastRequest");
        if (balance.has("hash") != by.equals("Hash")) {
            throw Fields.bad(
                    balance.path() + ".hash", "goes with by: Hash only, and Hash with it", "write both or none");
        }
        return switch (by) {
            case "LeastRequest" -> new Balance.LeastRequest();
            case "RoundRobin" -> new Balance.RoundRobin();
            case "Random" -> new Balance.Random();
            case "Hash" -> new Balance.Hash(key(balance.object("hash", Set.of("header", "cookie", "source"))));
            default ->
                throw Fields.bad(
                        balance.path() + ".by", "is not known", "write LeastRequest, RoundRobin, Random or Hash");
        };
    }

    private static HashKey key(Fields hash) {
        int said = (hash.has("header") ? 1 : 0) + (hash.has("cookie") ? 1 : 0) + (hash.has("source") ? 1 : 0);
        if (said != 1 || (hash.has("source") && !hash.requiredBoolean("source"))) {
            throw Fields.bad(
                    hash.path(), "names not exactly one key", "write header: <name>, cookie: <name> or source: true");
        }
        return hash.has("header")
                ? new HashKey.Header(hash.requiredText("header"))
                : hash.has("cookie") ? new HashKey.Cookie(hash.requiredText("cookie")) : new HashKey.Source();
    }

    private static TrafficLimits limits(Fields spec) {
        Fields limits = spec.object("limits", Set.of("connections", "pending", "requests", "streams"));
        return new TrafficLimits(
                limit(limits, "connections"),
                limit(limits, "pending"),
                limit(limits, "requests"),
                limit(limits, "streams"));
    }

    private static OptionalInt limit(Fields limits, String name) {
        return has(limits, name) ? OptionalInt.of(limits.requiredInt(name)) : OptionalInt.empty();
    }

    private static RetryBudget retries(Fields spec) {
        Fields retries = spec.object("retries", Set.of("budgetPercent", "interval", "minPerSecond"));
        return new RetryBudget(
                retries.requiredInt("budgetPercent"),
                duration(retries, "interval", RETRY_INTERVAL),
                retries.wholeNumber("minPerSecond", RETRIES_PER_SECOND));
    }

    private static EjectionPolicy ejection(Fields spec) {
        Fields ejection = spec.object("ejection", Set.of("after", "base", "longest", "maxPercent"));
        EjectionPolicy usual = EjectionPolicy.DEFAULT;
        return new EjectionPolicy(
                ejection.wholeNumber("after", usual.ejectAfter()),
                duration(ejection, "base", usual.ejectFor()),
                duration(ejection, "longest", usual.longest()),
                ejection.wholeNumber("maxPercent", (int) Math.round(usual.maxShare() * PERCENT)) / PERCENT);
    }

    private static RateLimit rate(Fields spec) {
        Fields rate = spec.object("rateLimit", Set.of("requests", "per", "burst", "scope"));
        int requests = rate.requiredInt("requests");
        RateLimit.Scope scope = switch (rate.text("scope", "Instance")) {
            case "Instance" -> RateLimit.Scope.INSTANCE;
            case "Caller" -> RateLimit.Scope.CALLER;
            default -> throw Fields.bad(rate.path() + ".scope", "is not known", "write Instance or Caller");
        };
        return new RateLimit(
                requests, duration(rate, "per", Duration.ofSeconds(1)), rate.wholeNumber("burst", requests), scope);
    }

    private static FaultInjection faults(Fields spec) {
        Fields faults = spec.object("faults", Set.of("delay", "abort", "until"));
        return new FaultInjection(
                has(faults, "delay")
                        ? Optional.of(delay(faults.object("delay", Set.of("percent", "by"))))
                        : Optional.empty(),
                has(faults, "abort")
                        ? Optional.of(abort(faults.object("abort", Set.of("percent", "status"))))
                        : Optional.empty(),
                until(faults));
    }

    private static FaultInjection.Delay delay(Fields delay) {
        return new FaultInjection.Delay(
                perTenThousand(delay), RouteDuration.parse(delay.path() + ".by", delay.requiredText("by")));
    }

    private static FaultInjection.Abort abort(Fields abort) {
        return new FaultInjection.Abort(perTenThousand(abort), abort.requiredInt("status"));
    }

    private static int perTenThousand(Fields part) {
        double exact = part.requiredNumber("percent") * FaultInjection.ALL / PERCENT;
        long rounded = Math.round(exact);
        if (Math.abs(exact - rounded) > 1e-6 || rounded < 1 || rounded > FaultInjection.ALL) {
            throw Fields.bad(part.path() + ".percent", "is no such part", "write 0.01 to 100, at most two decimals");
        }
        return (int) rounded;
    }

    private static Instant until(Fields faults) {
        String text = faults.requiredText("until");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw Fields.bad(faults.path() + ".until", "is no time", "write such as 2026-12-01T10:00:00Z");
        }
    }

    private static Duration duration(Fields fields, String name, Duration otherwise) {
        return has(fields, name)
                ? RouteDuration.parse(fields.path() + "." + name, fields.requiredText(name))
                : otherwise;
    }

    private static <T> Optional<T> optional(Fields spec, String name, Function<Fields, T> read) {
        return has(spec, name) ? Optional.of(read.apply(spec)) : Optional.empty();
    }

    /** A limit that was written and lost its value is not meant to be none. */
    private static boolean has(Fields fields, String name) {
        if (fields.isHollow(name)) {
            throw Fields.bad(fields.path() + "." + name, "has no value", "write one, or leave the field out");
        }
        return fields.has(name);
    }

    /** Whatever is out of range, it is the resource that is bad. */
    private static <T> T in(String path, Supplier<T> read) {
        try {
            return RouteReader.in(path, read);
        } catch (TomboloException bad) {
            throw bad.fault() == Fault.BAD_SETTING ? Fields.bad(bad.where(), bad.what(), bad.fix()) : bad;
        }
    }
}
