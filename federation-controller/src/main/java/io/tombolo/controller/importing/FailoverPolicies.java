package io.tombolo.controller.importing;

import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Access;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Place;
import io.tombolo.model.routing.RuleScope;
import io.tombolo.model.routing.Strength;
import io.tombolo.model.routing.Target;
import io.tombolo.model.routing.Tier;
import io.tombolo.model.routing.TierReach;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says of failover policies what their owners must know. Pure. */
public final class FailoverPolicies {
    /** Percent; beyond it a single instance that restarts counts, unless there are many. */
    private static final int SPILLS_EARLY = 90;

    private static final int MOST_NAMED = 8;

    private static final Routes.Condition ACCEPTED = new Routes.Condition("Accepted", "True", "Accepted", "");
    private static final Routes.Condition PENDING =
            new Routes.Condition("Accepted", "Unknown", "Pending", "this cluster is not a member of a federation");
    private static final Routes.Condition NOT_AUTHORITY = rejected(
            "NotAuthority",
            "spec.scope Federation counts from an authority only; write Cluster, or apply it to one of those that"
                    + " `tombolo clusters` shows as authorities");

    private FailoverPolicies() {}

    /** @param federated empty while this cluster is no member */
    public static List<Routes.Condition> conditions(
            FailoverRule rule, LocalServices local, Optional<Federated> federated) {
        var conditions = new ArrayList<Routes.Condition>();
        conditions.add(accepted(rule, local, federated));
        federated.ifPresent(known -> {
            conditions.add(resolved(rule.policy(), known));
            conditions.add(targetsLeft(rule, local, known));
        });
        conditions.addAll(unsteady(rule.policy()));
        return conditions;
    }

    private static Routes.Condition accepted(FailoverRule rule, LocalServices local, Optional<Federated> federated) {
        FailoverRule counts = local.failoverRules().stream()
                .filter(other -> other.scope().equals(rule.scope()))
                .min(FailoverRule.PRECEDENCE)
                .orElse(rule);
        if (!counts.name().equals(rule.name())) {
            return rejected("Conflicted", "policy " + counts.name() + " of the same scope is older and counts");
        }
        return switch (rule.scope()) {
            case RuleScope.Service(ServiceName service) -> known(service, local, federated);
            case RuleScope.Federation _ ->
                federated
                        .map(known -> known.authority() ? among(rule, known) : NOT_AUTHORITY)
                        .orElse(PENDING);
            case RuleScope.Namespace _, RuleScope.Cluster _ -> ACCEPTED;
        };
    }

    /** Of several authorities' the oldest counts for everybody. */
    private static Routes.Condition among(FailoverRule rule, Federated known) {
        return known.given().given().stream()
                .filter(other -> FailoverRule.PRECEDENCE.compare(other.rule(), rule) < 0)
                .findFirst()
                .map(other -> rejected(
                        "Conflicted",
                        "policy " + other.rule().name() + " of " + other.by()
                                + " is for the federation too, is older and counts"))
                .orElse(ACCEPTED);
    }

    private static Routes.Condition rejected(String reason, String message) {
        return new Routes.Condition("Accepted", "False", reason, message);
    }

    private static Routes.Condition known(ServiceName service, LocalServices local, Optional<Federated> federated) {
        boolean known = local.find(service).isPresent()
                || federated.stream()
                        .flatMap(all -> all.imports().stream())
                        .anyMatch(imported -> imported.service().equals(service));
        if (known) {
            return ACCEPTED;
        }
        return federated.isPresent()
                ? rejected(
                        "TargetNotFound",
                        "service " + service + " is not known in this cluster; the policy counts as soon as it is")
                : PENDING;
    }

    private static Routes.Condition resolved(FailoverPolicy policy, Federated known) {
        var reasons = new ArrayList<String>();
        var messages = new ArrayList<String>();
        Set<ClusterId> unknown = policy.tiers().stream()
                .flatMap(FailoverPolicies::named)
                .filter(cluster -> !known.places().containsKey(cluster))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!unknown.isEmpty()) {
            reasons.add("UnknownCluster");
            messages.add("no admitted member is named " + some(unknown) + "; see `tombolo clusters`");
        }
        for (int i = 0; i < policy.tiers().size(); i++) {
            Tier tier = policy.tiers().get(i);
            if (needsMore(tier.reach(), known)) {
                reasons.add("UnknownRegion");
                messages.add("spec.tiers[" + i + "] " + tier.reach().text()
                        + ": this cluster does not say where it is, so nobody is in it; set controller.region and"
                        + " controller.zone");
            }
        }
        return reasons.isEmpty()
                ? new Routes.Condition("ResolvedRefs", "True", "ResolvedRefs", "")
                : new Routes.Condition("ResolvedRefs", "False", reasons.getFirst(), String.join("; ", messages));
    }

    private static Stream<ClusterId> named(Tier tier) {
        Set<ClusterId> reached = switch (tier.reach()) {
            case TierReach.Only(var clusters) -> clusters;
            case TierReach.AnyExcept(var clusters) -> clusters;
            case TierReach.Local _, TierReach.SameZone _, TierReach.SameRegion _, TierReach.Any _ -> Set.of();
        };
        return Stream.concat(reached.stream(), tier.weights().keySet().stream());
    }

    private static boolean needsMore(TierReach reach, Federated known) {
        return switch (reach) {
            case TierReach.SameRegion _ -> known.locality().region().isEmpty();
            case TierReach.SameZone _ ->
                known.locality().region().isEmpty() || known.locality().zone().isEmpty();
            case TierReach.Local _, TierReach.Only _, TierReach.AnyExcept _, TierReach.Any _ -> false;
        };
    }

    private static Routes.Condition targetsLeft(FailoverRule rule, LocalServices local, Federated known) {
        List<FailoverRule> rules = Stream.concat(
                        local.failoverRules().stream()
                                .filter(each -> known.authority() || !(each.scope() instanceof RuleScope.Federation)),
                        known.given().rules().stream())
                .toList();
        Set<ServiceName> left = known.imports().stream()
                .filter(service -> FailoverRule.counting(service.service(), rules)
                        .map(FailoverRule::name)
                        .equals(Optional.of(rule.name())))
                .filter(service -> !service.sources().isEmpty())
                .filter(service -> service.sources().stream().noneMatch(source -> takes(rule.policy(), source, known)))
                .map(ImportedService::service)
                .collect(Collectors.toCollection(TreeSet::new));
        return left.isEmpty()
                ? new Routes.Condition("TargetsLeft", "True", "TargetsLeft", "")
                : new Routes.Condition(
                        "TargetsLeft",
                        "False",
                        "NoTargetLeft",
                        "no cluster that has " + some(left)
                                + " is in any tier and has what is required, so calls of it fail; end with the tier"
                                + " clusters: any, or require less");
    }

    private static boolean takes(FailoverPolicy policy, Source source, Federated known) {
        Place place = known.places().getOrDefault(source.cluster(), new Place(false, false, false, Map.of()));
        var target = new Target(source.cluster(), place, Access.LOCAL, Strength.UNKNOWN, 0);
        return place.says(policy.wishes().require()) && policy.tierOf(target) >= 0;
    }

    /** Legal, and seldom what is meant: one condition, whatever there is to say, for there can be only one of a type. */
    private static List<Routes.Condition> unsteady(FailoverPolicy policy) {
        var reasons = new ArrayList<String>();
        var messages = new ArrayList<String>();
        if (policy.failback().hold().isZero() && policy.failback().ramp().isZero()) {
            reasons.add("NoHoldNoRamp");
            messages.add(
                    "with spec.hold 0s and spec.failback.ramp 0s traffic follows a cluster that comes and goes each time");
        }
        if (policy.health().belowPercent() > SPILLS_EARLY) {
            reasons.add("SpillsEarly");
            messages.add("with spec.healthyBelow " + policy.health().belowPercent()
                    + " restarting one instance moves traffic to other clusters; 70 is usual");
        }
        return reasons.isEmpty()
                ? List.of()
                : List.of(new Routes.Condition(
                        "Steady", "False", String.join(",", reasons), String.join("; ", messages)));
    }

    private static String some(Set<?> names) {
        String shown = names.stream().limit(MOST_NAMED).map(Object::toString).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? shown + " and " + (names.size() - MOST_NAMED) + " more" : shown;
    }
}
