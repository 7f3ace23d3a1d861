package io.tombolo.controller.store;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Labels;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.routing.CapacityRule;
import io.tombolo.model.routing.Failback;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Health;
import io.tombolo.model.routing.RuleScope;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.Wishes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads the spec of a {@code FailoverPolicy}. */
final class FailoverReader {
    private static final Set<String> SPEC = Set.of(
            "targetRef",
            "scope",
            "tiers",
            "healthyBelow",
            "minHealthy",
            "maxStaleness",
            "hold",
            "failback",
            "capacity",
            "maxLatency",
            "require",
            "prefer",
            "retry");

    private FailoverReader() {}

    static Spec.Failover policy(String path, JsonNode node, ServiceName name) {
        Fields spec = Fields.of(path, node, SPEC);
        RuleScope scope = scope(spec, name);
        List<Tier> tiers =
                has(spec, "tiers") ? in(path, () -> FailoverTiers.read(spec)) : FailoverPolicy.DEFAULT.tiers();
        Wishes wishes = wishes(spec);
        FailoverTiers.check(path, tiers, wishes);
        var policy = in(
                path,
                () -> new FailoverPolicy(
                        tiers, health(spec), failback(spec), capacity(spec), wishes, triesElsewhere(spec)));
        return new Spec.Failover(new FailoverRule(name, scope, Instant.EPOCH, policy));
    }

    private static RuleScope scope(Fields spec, ServiceName name) {
        boolean mesh = name.namespace().equals(SpiffeId.SYSTEM_NAMESPACE);
        if (has(spec, "scope") && (!mesh || spec.has("targetRef"))) {
            throw Fields.bad(
                    spec.path() + ".scope",
                    "is for policies of " + SpiffeId.SYSTEM_NAMESPACE + " without targetRef",
                    "leave it out, or write the policy there");
        }
        if (has(spec, "targetRef")) {
            Fields target = spec.object("targetRef", Set.of("kind", "name"));
            if (!target.text("kind", "Service").equals("Service")) {
                throw Fields.bad(target.path() + ".kind", "is not supported", "write Service");
            }
            return in(
                    target.path(),
                    () -> new RuleScope.Service(new ServiceName(name.namespace(), target.requiredText("name"))));
        }
        String said = spec.text("scope", "Cluster");
        return switch (said) {
            case "Cluster" -> mesh ? new RuleScope.Cluster() : new RuleScope.Namespace(name.namespace());
            case "Federation" -> new RuleScope.Federation();
            default -> throw Fields.bad(spec.path() + ".scope", "is not known", "write Cluster or Federation");
        };
    }

    private static Health health(Fields spec) {
        Health.Expired expired = switch (has(spec, "maxStaleness") ? spec.requiredText("maxStaleness") : "Demote") {
            case "Demote" -> Health.Expired.DEMOTE;
            case "Drop" -> Health.Expired.DROP;
            default -> throw Fields.bad(spec.path() + ".maxStaleness", "is not known", "write Demote or Drop");
        };
        return new Health(
                number(spec, "healthyBelow", Health.DEFAULT.belowPercent()),
                number(spec, "minHealthy", Health.DEFAULT.leastReady()),
                expired);
    }

    private static Failback failback(Fields spec) {
        Failback usual = Failback.DEFAULT;
        Duration hold = duration(spec, "hold").orElse(usual.hold());
        Duration ramp = has(spec, "failback")
                ? duration(spec.object("failback", Set.of("ramp")), "ramp").orElse(usual.ramp())
                : usual.ramp();
        return new Failback(hold, ramp);
    }

    private static CapacityRule capacity(Fields spec) {
        CapacityRule usual = CapacityRule.DEFAULT;
        if (!has(spec, "capacity")) {
            return usual;
        }
        Fields capacity = spec.object("capacity", Set.of("limits", "maxShare"));
        return new CapacityRule(
                has(capacity, "limits") ? capacity.requiredBoolean("limits") : usual.limits(),
                number(capacity, "maxShare", usual.maxShare()));
    }

    private static Wishes wishes(Fields spec) {
        return in(
                spec.path(),
                () -> new Wishes(labels(spec, "require"), labels(spec, "prefer"), duration(spec, "maxLatency")));
    }

    private static boolean triesElsewhere(Fields spec) {
        if (!has(spec, "retry")) {
            return false;
        }
        Fields retry = spec.object("retry", Set.of("nextCluster"));
        return has(retry, "nextCluster") && retry.requiredBoolean("nextCluster");
    }

    private static int number(Fields fields, String name, int otherwise) {
        return has(fields, name) ? fields.requiredInt(name) : otherwise;
    }

    private static Optional<Duration> duration(Fields fields, String name) {
        return has(fields, name)
                ? Optional.of(RouteDuration.parse(fields.path() + "." + name, fields.requiredText(name)))
                : Optional.empty();
    }

    static Map<String, String> labels(Fields fields, String name) {
        return has(fields, name) ? in(fields.path() + "." + name, () -> Labels.require(fields.texts(name))) : Map.of();
    }

    /** What was written and lost its value is not meant to be as if it were not there: it would mean more than was said. */
    static boolean has(Fields fields, String name) {
        JsonNode value = fields.node().path(name);
        if (fields.isHollow(name) || (value.isObject() && value.isEmpty())) {
            throw Fields.bad(fields.path() + "." + name, "has no value", "write one, or leave the field out");
        }
        return fields.has(name);
    }

    /** Whatever is out of range, it is the resource that is bad. */
    static <T> T in(String path, Supplier<T> read) {
        try {
            return RouteReader.in(path, read);
        } catch (TomboloException bad) {
            throw bad.fault() == Fault.BAD_SETTING ? Fields.bad(bad.where(), bad.what(), bad.fix()) : bad;
        }
    }
}
