package io.tombolo.controller.api;

import io.tombolo.controller.api.ExplainResource.Explanation;
import io.tombolo.controller.api.ExplainResource.Step;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.failover.Decided;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.importing.RouteSurroundings;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Walks with one call, step after step, as far as it comes: name, consumers, authorization, routes, tiers, candidates, pick. Pure
 * but for the clock of a decision that nobody took yet.
 * @param own       this cluster
 * @param visibleTo what a caller of this cluster may call
 * @param exported  by some cluster
 * @param decided   the shares that are in force
 * @param then      where calls of a service went at another time
 */
record Explainer(
        ClusterId own,
        Known known,
        Function<SpiffeId, List<ImportedService>> visibleTo,
        Set<ServiceName> exported,
        LocalServices local,
        Function<ServiceName, Optional<Decided>> decided,
        BiFunction<ServiceName, Instant, Optional<History.Turn>> then) {
    /**
     * A call.
     * @param cluster the caller's
     * @param port    0 = the first
     * @param at      where calls went then is told too
     */
    record Call(
            SpiffeId caller,
            String namespace,
            ClusterId cluster,
            ServiceName service,
            int port,
            ExplainedAuthorization.Described request,
            Optional<Instant> at) {}

    Explanation of(Call call) {
        var steps = new ArrayList<Step>();
        steps.add(new Step("identity", "the caller is " + call.caller(), "ok"));
        if (!call.cluster().equals(own)) {
            steps.addAll(arriving(call));
            return new Explanation(steps, List.of());
        }
        if (find(known.services(), call.service()).isEmpty()) {
            steps.add(new Step(
                    "name", "no cluster exports " + call.service() + ", and it is not served here", "refused"));
            return new Explanation(steps, List.of());
        }
        steps.addAll(name(call));
        List<ImportedService> visible = visibleTo.apply(call.caller());
        Optional<ImportedService> seen = find(visible, call.service());
        if (seen.isEmpty()) {
            steps.add(new Step(
                    "policy", "no export of " + call.service() + " has this caller among its consumers", "refused"));
            return new Explanation(steps, List.of());
        }
        steps.add(new Step("policy", "this caller is a consumer", "ok"));
        steps.addAll(authorization(call));
        steps.add(ExplainedRoute.step(
                local,
                new RouteSurroundings(visible, exported, local.grants()),
                seen.get(),
                port(seen.get(), call),
                call));
        call.at().ifPresent(at -> steps.add(then(call.service(), at)));
        return ExplainedPick.of(this, seen.get(), port(seen.get(), call), steps);
    }

    /** How the name came to be what it is. */
    private List<Step> name(Call call) {
        String dns = call.service().clustersetName();
        return known.targets()
                .view()
                .merged(call.service())
                .map(merged -> known.targets().view().explain(merged).stream()
                        .map(line -> new Step("name", line, "ok"))
                        .toList())
                .orElseGet(() -> List.of(new Step("name", dns + " is served in this cluster only", "ok")));
    }

    private static int port(ImportedService service, Call call) {
        return call.port() != 0 || service.ports().isEmpty()
                ? call.port()
                : service.ports().getFirst().port();
    }

    /** Shares of another time; everything else is as of now. */
    private Step then(ServiceName service, Instant at) {
        return then.apply(service, at)
                .map(turn -> new Step("then", "from " + turn.at() + " on: " + sides(turn), "ok"))
                .orElseGet(() -> new Step("then", "no turn before " + at + " is remembered", "unknown"));
    }

    private static String sides(History.Turn turn) {
        return turn.after().stream()
                .map(side -> side.cluster() + " " + side.permille() / 10.0 + " % (" + side.reason() + ")")
                .collect(Collectors.joining(", "));
    }

    /** What the sidecars of this cluster make of a call from another one. */
    private List<Step> arriving(Call call) {
        Optional<LocalService> here = local.find(call.service());
        if (here.isEmpty()) {
            return List.of(new Step("name", call.service() + " is not served in this cluster", "refused"));
        }
        boolean consumer = here.get().served(call.caller().trustDomain()).admits(call.caller(), call.cluster(), own);
        if (!consumer) {
            return List.of(new Step("policy", "the export does not have this caller among its consumers", "refused"));
        }
        var steps = new ArrayList<Step>();
        steps.add(new Step("policy", "this caller is a consumer", "ok"));
        steps.addAll(authorization(call));
        return steps;
    }

    /** Each cluster decides for what it serves. */
    private List<Step> authorization(Call call) {
        Optional<ExportedPort> port = local.find(call.service()).stream()
                .flatMap(service -> service.ports().stream())
                .filter(each -> call.port() == 0 || each.port() == call.port())
                .findFirst();
        return port.map(served -> ExplainedAuthorization.steps(
                        local.policies(), call.service(), served, call.caller(), call.cluster(), call.request()))
                .orElseGet(() -> List.of(new Step(
                        "authorization",
                        "not served here; ask there: `tombolo explain --from " + call.cluster()
                                + " --context <its cluster>`",
                        "unknown")));
    }

    private static Optional<ImportedService> find(List<ImportedService> services, ServiceName name) {
        return services.stream().filter(s -> s.service().equals(name)).findFirst();
    }
}
