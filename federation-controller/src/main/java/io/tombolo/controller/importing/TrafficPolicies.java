package io.tombolo.controller.importing;

import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.Balance;
import io.tombolo.model.traffic.HashKey;
import io.tombolo.model.traffic.TrafficPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Hands this cluster's traffic policies to the workloads that call or serve what they are about. Pure. */
public final class TrafficPolicies {
    private TrafficPolicies() {}

    /**
     * What a workload of this cluster goes by, and a gateway where it ends callers' TLS; at most one for a service.
     * @param imports what it may call
     */
    static List<TrafficPolicy> of(LocalServices local, ProxyRole role, List<ImportedService> imports) {
        Set<ServiceName> concerned = new HashSet<>();
        imports.forEach(service -> concerned.add(service.service()));
        local.all().stream()
                .filter(service -> role instanceof ProxyRole.Gateway
                        ? service.mode() == ExportMode.TERMINATE
                        : service.isServedBy(role))
                .forEach(service -> concerned.add(service.name()));
        return local.trafficPolicies().stream()
                .filter(policy -> concerned.contains(policy.service()))
                .filter(policy -> counting(policy.service(), local).equals(Optional.of(policy)))
                .toList();
    }

    /** The one that counts among those of a service. */
    private static Optional<TrafficPolicy> counting(ServiceName service, LocalServices local) {
        return local.trafficPolicies().stream()
                .filter(policy -> policy.service().equals(service))
                .min(TrafficPolicy.PRECEDENCE);
    }

    /**
     * What its owner must know.
     * @param imports all that can be called from here, by whomever; empty = not known
     */
    public static List<Routes.Condition> conditions(
            TrafficPolicy policy, LocalServices local, Optional<List<ImportedService>> imports, Instant now) {
        var conditions = new ArrayList<Routes.Condition>();
        conditions.add(accepted(policy, local, imports));
        if (needsHttp(policy)) {
            conditions.add(applied(policy, local, imports.orElse(List.of())));
        }
        policy.faults()
                .ifPresent(faults -> conditions.add(
                        now.isBefore(faults.until())
                                ? new Routes.Condition("FaultsInjected", "True", "Injecting", "until " + faults.until())
                                : new Routes.Condition("FaultsInjected", "False", "Over", "since " + faults.until())));
        return conditions;
    }

    private static Routes.Condition accepted(
            TrafficPolicy policy, LocalServices local, Optional<List<ImportedService>> imports) {
        TrafficPolicy counts = counting(policy.service(), local).orElse(policy);
        if (!counts.name().equals(policy.name())) {
            return new Routes.Condition(
                    "Accepted",
                    "False",
                    "Conflicted",
                    "policy " + counts.name() + " of the same service is older and counts");
        }
        boolean known = local.find(policy.service()).isPresent()
                || imports.stream()
                        .flatMap(List::stream)
                        .anyMatch(service -> service.service().equals(policy.service()));
        if (known) {
            return new Routes.Condition("Accepted", "True", "Accepted", "");
        }
        return imports.isPresent()
                ? new Routes.Condition(
                        "Accepted",
                        "False",
                        "TargetNotFound",
                        "service " + policy.service()
                                + " is not known in this cluster; the policy counts as soon as it is")
                : new Routes.Condition(
                        "Accepted", "Unknown", "Pending", "this cluster is not a member of a federation");
    }

    private static boolean needsHttp(TrafficPolicy policy) {
        boolean hashesRequests = policy.balance() instanceof Balance.Hash(var key) && !(key instanceof HashKey.Source);
        return hashesRequests
                || policy.faults().isPresent()
                || policy.limits().requests().isPresent()
                || policy.limits().pending().isPresent()
                || policy.limits().streams().isPresent();
    }

    private static Routes.Condition applied(TrafficPolicy policy, LocalServices local, List<ImportedService> imports) {
        Stream<ExportedPort> own =
                local.find(policy.service()).map(LocalService::ports).stream().flatMap(List::stream);
        Stream<ExportedPort> others = imports.stream()
                .filter(service -> service.service().equals(policy.service()))
                .flatMap(service -> service.ports().stream());
        List<Integer> blind = Stream.concat(own, others)
                .filter(port -> !port.protocol().isHttp())
                .map(ExportedPort::port)
                .distinct()
                .sorted()
                .limit(16)
                .toList();
        return blind.isEmpty()
                ? new Routes.Condition("HttpFieldsApplied", "True", "Applied", "")
                : new Routes.Condition(
                        "HttpFieldsApplied",
                        "False",
                        "NotHttp",
                        "hash by header or cookie, faults, and limits but connections do nothing at ports " + blind);
    }
}
