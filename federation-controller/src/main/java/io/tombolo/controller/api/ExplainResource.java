package io.tombolo.controller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.failover.Decided;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.ClusterShare;
import io.tombolo.model.routing.Failover;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Situation;
import io.tombolo.model.routing.Target;
import io.tombolo.model.routing.Tier;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why a workload's call goes where it goes: the same decision that sidecars make, with what the controller knows. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/explain")
public final class ExplainResource {
    private static final String PANIC = ", and all of them look unhealthy: the calls are spread";

    private final FederatedLog log;
    private final ClusterSettings settings;
    private final Exporter exporter;
    private final Decisions decisions;
    private final History history;

    @Inject
    public ExplainResource(
            FederatedLog log, ClusterSettings settings, Exporter exporter, Decisions decisions, History history) {
        this.log = log;
        this.settings = settings;
        this.exporter = exporter;
        this.decisions = decisions;
        this.history = history;
    }

    /** One step of the walk. {@code result}: ok, refused or unknown. */
    public record Step(String step, String text, String result) {}

    /** One cluster that could answer. */
    public record CandidateShown(
            String cluster,
            String tier,
            @Nullable Integer ready,
            String freshness,
            String path,
            double share,
            String reason) {}

    /** The answer. */
    public record Explanation(List<Step> steps, List<CandidateShown> candidates) {}

    /**
     * Explains with the shares that are in force for the whole cluster; a sidecar that sees more acts on that.
     * @param from   the caller's cluster; of another one: what this cluster makes of its call
     * @param at     a time such as {@code 2026-12-01T10:00:00Z}: also where calls went then, as far as that is remembered
     * @param method for what policies look at, and so {@code path} and {@code header}, which is {@code name=value}
     */
    @GET
    public Explanation explain(
            @QueryParam("namespace") @DefaultValue("default") String namespace,
            @QueryParam("account") @DefaultValue("") String account,
            @QueryParam("service") @DefaultValue("") String service,
            @QueryParam("port") @DefaultValue("0") int port,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("method") @DefaultValue("GET") String method,
            @QueryParam("path") @DefaultValue("/") String path,
            @QueryParam("header") List<String> header,
            @QueryParam("at") @DefaultValue("") String at) {
        CatalogView view = log.feed().map(CatalogFeed::current).orElseThrow(() -> Federation.notJoined("explain"));
        Imports imports = log.imports().orElseThrow(() -> Federation.notJoined("explain"));
        ServiceName name = ServiceName.parse(service, namespace);
        ClusterId callers = from.isEmpty() ? settings.cluster() : new ClusterId(from);
        SpiffeId caller = new ProxyRole.Workload(namespace, account).idIn(trustDomain(view, callers));
        var request = new ExplainedAuthorization.Described(method, path, header);
        var steps = new ArrayList<Step>();
        steps.add(new Step("identity", "the caller is " + caller, "ok"));
        if (!callers.equals(settings.cluster())) {
            steps.addAll(arriving(name, port, caller, callers, request));
            return new Explanation(steps, List.of());
        }
        Optional<ImportedService> known = find(imports.all(), name);
        Optional<ImportedService> seen = find(imports.visibleTo(caller), name);
        if (known.isEmpty()) {
            steps.add(new Step("route", "no cluster exports " + name + ", and it is not served here", "refused"));
            return new Explanation(steps, List.of());
        }
        view.merged(name)
                .ifPresent(merged -> view.explain(merged).forEach(line -> steps.add(new Step("route", line, "ok"))));
        if (seen.isEmpty()) {
            steps.add(new Step("policy", "no export of " + name + " has this caller among its consumers", "refused"));
            return new Explanation(steps, List.of());
        }
        steps.add(new Step("policy", "this caller is a consumer", "ok"));
        steps.addAll(authorization(name, port, caller, callers, request));
        if (!at.isEmpty()) {
            steps.add(then(name, instant(at)));
        }
        return candidates(view, seen.get(), port, steps);
    }

    /** Shares of another time; everything else is as of now. */
    private Step then(ServiceName service, Instant at) {
        return history.at(service, at)
                .map(turn -> new Step("then", "from " + turn.at() + " on: " + sides(turn), "ok"))
                .orElseGet(() -> new Step("then", "no turn before " + at + " is remembered", "unknown"));
    }

    private static String sides(History.Turn turn) {
        return turn.after().stream()
                .map(side -> side.cluster() + " " + side.permille() / 10.0 + " % (" + side.reason() + ")")
                .collect(Collectors.joining(", "));
    }

    private static Instant instant(String at) {
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException malformed) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE, "at = " + at, "is no time", "write such as 2026-12-01T10:00:00Z");
        }
    }

    private static TrustDomain trustDomain(CatalogView view, ClusterId cluster) {
        return view.members()
                .member(cluster)
                .orElseThrow(() -> new TomboloException(
                        Fault.NOT_FOUND, "cluster " + cluster, "is no member", "see `tombolo clusters`"))
                .trustDomain();
    }

    /** What the sidecars of this cluster make of a call from another one. */
    private List<Step> arriving(
            ServiceName name, int port, SpiffeId caller, ClusterId callers, ExplainedAuthorization.Described request) {
        Optional<LocalService> here = exporter.current().find(name);
        if (here.isEmpty()) {
            return List.of(new Step("route", name + " is not served in this cluster", "refused"));
        }
        boolean consumer = here.get().served(caller.trustDomain()).admits(caller, callers, settings.cluster());
        if (!consumer) {
            return List.of(new Step("policy", "the export does not have this caller among its consumers", "refused"));
        }
        var steps = new ArrayList<Step>();
        steps.add(new Step("policy", "this caller is a consumer", "ok"));
        steps.addAll(authorization(name, port, caller, callers, request));
        return steps;
    }

    /** Each cluster decides for what it serves. */
    private List<Step> authorization(
            ServiceName name,
            int wantedPort,
            SpiffeId caller,
            ClusterId callers,
            ExplainedAuthorization.Described request) {
        Optional<ExportedPort> port = exporter.current().find(name).stream()
                .flatMap(service -> service.ports().stream())
                .filter(each -> wantedPort == 0 || each.port() == wantedPort)
                .findFirst();
        return port.map(served -> ExplainedAuthorization.steps(
                        exporter.current().policies(), name, served, caller, callers, request))
                .orElseGet(() -> List.of(new Step(
                        "authorization",
                        "not served here; ask there: `tombolo explain --from " + callers + " --context <its cluster>`",
                        "unknown")));
    }

    private Explanation candidates(CatalogView view, ImportedService service, int wantedPort, List<Step> steps) {
        int port = wantedPort != 0 || service.ports().isEmpty()
                ? wantedPort
                : service.ports().getFirst().port();
        List<Source> sources = service.sources().stream()
                .filter(source -> source.ports().contains(port))
                .toList();
        Known known = log.known().orElseThrow(() -> Federation.notJoined("explain"));
        FailoverPolicy policy = known.policy(service.service());
        List<Target> targets = known.targets().of(sources);
        FailoverDecision decision = decisions
                .of(service.service())
                .filter(decided -> sources.size() == service.sources().size())
                .map(Decided::decision)
                .orElseGet(() -> Failover.decide(
                        policy,
                        new Situation(targets, view.cutOff(), OptionalDouble.empty(), Optional.empty(), 0),
                        Optional.empty(),
                        System.nanoTime()));
        List<CandidateShown> shown = targets.stream()
                .map(target -> shown(policy, target, decision.of(target.cluster())))
                .toList();
        steps.add(new Step("failover", failover(known, service.service(), policy), "ok"));
        steps.add(new Step(
                "pick",
                "port " + port + ": " + sources.size() + " clusters expose it" + (decision.panic() ? PANIC : "")
                        + (decision.shed() > 0 ? ", " + Math.round(decision.shed() * 100) + " % is refused" : ""),
                decision.anyAdmitted() ? "ok" : "refused"));
        return new Explanation(steps, shown);
    }

    private static String failover(Known known, ServiceName service, FailoverPolicy policy) {
        String tiers = policy.tiers().stream().map(Tier::text).collect(Collectors.joining(", "));
        return known.rule(service)
                .map(rule -> "FailoverPolicy " + rule.name() + ": tiers " + tiers)
                .orElse("no FailoverPolicy is about it: tiers " + tiers);
    }

    private static CandidateShown shown(FailoverPolicy policy, Target target, Optional<ClusterShare> share) {
        String tier = policy.tiers().stream()
                .filter(t -> t.includes(target))
                .map(Tier::text)
                .findFirst()
                .orElse("-");
        return new CandidateShown(
                target.cluster().value(),
                tier,
                target.strength().ready().isPresent()
                        ? target.strength().ready().getAsInt()
                        : null,
                target.access().freshness().name(),
                target.local() ? "-" : target.access().path().name(),
                share.map(ClusterShare::share).orElse(0.0),
                share.map(ClusterShare::reason).orElse(""));
    }

    private static Optional<ImportedService> find(List<ImportedService> services, ServiceName name) {
        return services.stream().filter(s -> s.service().equals(name)).findFirst();
    }
}
