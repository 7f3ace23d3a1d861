package io.tombolo.controller.importing;

import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.Level;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Hands this cluster's authorization policies to the workloads that serve what they are about. Pure. */
public final class Policies {
    private Policies() {}

    /** What a workload of this cluster goes by as a server, and a gateway where it ends callers' TLS. */
    static List<AuthorizationPolicy> of(LocalServices local, ProxyRole role) {
        List<LocalService> serves = local.all().stream()
                .filter(service -> role instanceof ProxyRole.Gateway
                        ? service.mode() == ExportMode.TERMINATE
                        : service.isServedBy(role))
                .toList();
        return local.policies().stream()
                .filter(policy -> serves.stream().anyMatch(service -> policy.concerns(service.name())))
                .toList();
    }

    /** What its owner must know. */
    public static List<Routes.Condition> conditions(AuthorizationPolicy policy, LocalServices local) {
        List<LocalService> concerned = local.all().stream()
                .filter(service -> policy.concerns(service.name()))
                .toList();
        var conditions = new ArrayList<Routes.Condition>();
        conditions.add(accepted(policy, concerned));
        if (policy.rules().stream().anyMatch(AuthorizationRule::needsHttp)) {
            conditions.add(applied(policy, concerned));
        }
        return conditions;
    }

    private static Routes.Condition accepted(AuthorizationPolicy policy, List<LocalService> concerned) {
        if (policy.level() == Level.SERVICE && concerned.isEmpty()) {
            return new Routes.Condition(
                    "Accepted",
                    "False",
                    "TargetNotFound",
                    "service " + policy.name().namespace() + "/"
                            + policy.target().orElse("")
                            + " is not known in this cluster; the policy counts as soon as it is");
        }
        return new Routes.Condition(
                "Accepted",
                "True",
                "Accepted",
                "a policy of the " + policy.level().text());
    }

    private static Routes.Condition applied(AuthorizationPolicy policy, List<LocalService> concerned) {
        String blind = concerned.stream()
                .flatMap(service -> service.ports().stream()
                        .filter(port -> !port.protocol().isHttp())
                        .map(ExportedPort::port)
                        .map(port -> service.name() + ":" + port))
                .limit(16)
                .collect(Collectors.joining(", "));
        if (blind.isEmpty()) {
            return new Routes.Condition("HttpConditionsApplied", "True", "Applied", "");
        }
        String effect = policy.action() == AuthorizationPolicy.Action.DENY
                ? "rules with methods, paths or headers refuse every connection that fits the rest of them"
                : "rules with methods, paths or headers let nobody in";
        return new Routes.Condition("HttpConditionsApplied", "False", "NotHttp", effect + " at " + blind);
    }
}
