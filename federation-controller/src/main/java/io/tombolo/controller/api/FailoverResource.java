package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.failover.Decided;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.failover.Simulation;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.Spec;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.ClusterShare;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Target;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How this cluster's calls are divided over clusters: now, before, and if something happened. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/failover")
public final class FailoverResource {
    private static final int MOST_TURNS = 200;
    private static final double MOST_PER_SECOND = 1e9;
    private static final String DEFAULT_POLICY = "default";

    private final FederatedLog log;
    private final Decisions decisions;
    private final History history;
    private final Callers callers;

    @Inject
    public FailoverResource(FederatedLog log, Decisions decisions, History history, Callers callers) {
        this.log = log;
        this.decisions = decisions;
        this.history = history;
        this.callers = callers;
    }

    /**
     * One cluster's part of a service.
     * @param tier    as in the policy; {@code -} if it is in none
     * @param share   0.0 to 1.0 now
     * @param ideal   where it moves to
     * @param back    what would give it more; empty if nothing is in its way
     * @param granted requests per second that may be planned with; 0 = not said
     */
    public record Side(
            String cluster,
            String tier,
            double share,
            double ideal,
            String standing,
            String reason,
            String back,
            @Nullable Integer ready,
            @Nullable Integer total,
            int rttMicros,
            long granted) {}

    /**
     * One service.
     * @param policy          namespace/name, or {@code default}
     * @param policyBy        the authority that gave it; empty if it is this cluster's own, or the default
     * @param outranked       other policies that are about this service and do not count, with the reason
     * @param unreadable      federation-wide policies that this version cannot read, with what is done meanwhile
     * @param since           when it last turned
     * @param shed            of all calls, 0.0 to 1.0
     * @param shedding        which ones; absent = none
     * @param demandPerSecond what this whole cluster asks for; absent = not known
     */
    public record ServiceStatus(
            String service,
            String policy,
            String policyBy,
            List<String> outranked,
            List<String> unreadable,
            String since,
            boolean moving,
            boolean panic,
            double shed,
            @Nullable String shedding,
            @Nullable Double demandPerSecond,
            List<Side> clusters) {}

    @GET
    public List<ServiceStatus> status(@QueryParam("service") @DefaultValue("") String service) {
        Known known = log.known().orElseThrow(() -> Federation.notJoined("failover status"));
        if (service.isEmpty()) {
            return decisions.all().stream().map(one -> shown(one, known)).toList();
        }
        var name = ServiceName.parse(service, "default");
        return List.of(decisions.of(name).map(one -> shown(one, known)).orElseThrow(() -> unknown(name)));
    }

    @GET
    @Path("/history")
    public List<History.Turn> history(@QueryParam("service") @DefaultValue("") String service) {
        Optional<ServiceName> name =
                service.isEmpty() ? Optional.empty() : Optional.of(ServiceName.parse(service, "default"));
        return history.of(name, MOST_TURNS);
    }

    /**
     * What is to happen.
     * @param down         clusters that die
     * @param gatewaysDown instances of gateways that die
     * @param policy       FailoverPolicy resources as YAML, in place of those of the same name, or besides
     * @param load         requests per second by name.namespace or namespace/name, instead of what is asked for now
     */
    public record Wish(
            @Nullable List<String> down,
            @Nullable List<String> gatewaysDown,
            @Nullable Map<String, @Nullable Double> load,
            @Nullable String policy) {}

    /** One cluster's part before and after. */
    public record Part(String cluster, double before, double after, String reason) {}

    /** @param granted requests per second that the cluster grants */
    public record OverloadShown(String cluster, double perSecond, long granted) {}

    /** One service before and after. */
    public record OutcomeShown(
            String service,
            @Nullable Double demandPerSecond,
            boolean changes,
            boolean leftWithNothing,
            boolean panic,
            double shedBefore,
            double shedAfter,
            List<Part> clusters,
            List<OverloadShown> overloads) {}

    /** Changes nothing, but costs a decision for every service. */
    @POST
    @Path("/simulate")
    public List<OutcomeShown> simulate(Wish wish) {
        callers.current().mustOperate("simulate a failover");
        Known known = log.known().orElseThrow(() -> Federation.notJoined("failover simulate"));
        Set<ClusterId> down =
                some(required(wish).down()).stream().map(ClusterId::new).collect(Collectors.toSet());
        for (ClusterId cluster : down) {
            if (known.targets().view().members().member(cluster).isEmpty()) {
                throw new TomboloException(
                        Fault.NOT_FOUND, "cluster " + cluster, "is no member", "see `tombolo clusters`");
            }
        }
        var change = new Simulation.Change(
                down, gateways(some(wish.gatewaysDown()), known), rules(wish.policy()), loads(wish.load(), known));
        return Simulation.of(known).run(change).stream()
                .map(FailoverResource::shown)
                .toList();
    }

    private static Set<InstanceId> gateways(List<String> named, Known known) {
        Set<InstanceId> there = known.targets().view().origins().stream()
                .flatMap(origin -> origin.gateways().stream())
                .map(GatewayInstance::instance)
                .collect(Collectors.toSet());
        Set<InstanceId> gateways = named.stream().map(InstanceId::new).collect(Collectors.toSet());
        gateways.stream()
                .filter(gateway -> !there.contains(gateway))
                .findFirst()
                .ifPresent(unknown -> {
                    throw new TomboloException(
                            Fault.NOT_FOUND, "gateway " + unknown, "is not known", "see `tombolo clusters -o json`");
                });
        return gateways;
    }

    /** What is said of a service that nobody can call would change nothing, and look as if it did. */
    private static Map<ServiceName, Double> loads(@Nullable Map<String, @Nullable Double> said, Known known) {
        Set<ServiceName> there =
                known.services().stream().map(ImportedService::service).collect(Collectors.toSet());
        Map<ServiceName, Double> loads = new HashMap<>();
        (said == null ? Map.<String, @Nullable Double>of() : said).forEach((service, perSecond) -> {
            var name = named(service);
            boolean fits = perSecond != null && perSecond >= 0 && perSecond <= MOST_PER_SECOND;
            if (!fits || !there.contains(name)) {
                throw new TomboloException(
                        Fault.BAD_RESOURCE,
                        "request body, field load." + service,
                        fits ? "is no service that can be called from here" : "is not 0 to 1000000000",
                        "see `tombolo services`");
            }
            loads.put(name, perSecond);
        });
        return loads;
    }

    /** {@code checkout.shop}, or {@code shop/checkout} as answers have it. */
    private static ServiceName named(String service) {
        int slash = service.indexOf('/');
        return slash < 0
                ? ServiceName.parse(service, "default")
                : new ServiceName(service.substring(0, slash), service.substring(slash + 1));
    }

    private static List<FailoverRule> rules(@Nullable String yaml) {
        return yaml == null
                ? List.of()
                : ResourceReader.read(yaml).stream().map(FailoverResource::rule).toList();
    }

    private static FailoverRule rule(ParsedResource resource) {
        if (resource.spec() instanceof Spec.Failover(FailoverRule rule)) {
            return rule;
        }
        throw new TomboloException(
                Fault.BAD_RESOURCE,
                "policy " + resource.key(),
                "is no FailoverPolicy",
                "simulate what `tombolo apply` would take of that kind");
    }

    private static List<String> some(@Nullable List<String> list) {
        return list == null ? List.of() : list;
    }

    private static OutcomeShown shown(Simulation.Outcome outcome) {
        List<Part> parts = outcome.after().shares().stream()
                .map(share -> new Part(
                        share.cluster().value(), shareOf(outcome.before(), share), share.share(), share.reason()))
                .toList();
        return new OutcomeShown(
                outcome.service().toString(),
                outcome.demand().isPresent() ? outcome.demand().getAsDouble() : null,
                outcome.changes(),
                outcome.leftWithNothing(),
                outcome.after().panic(),
                outcome.before().shed(),
                outcome.after().shed(),
                parts,
                outcome.overloads().stream()
                        .map(over -> new OverloadShown(over.cluster().value(), over.perSecond(), over.granted()))
                        .toList());
    }

    private static double shareOf(FailoverDecision decision, ClusterShare share) {
        return decision.of(share.cluster()).map(ClusterShare::share).orElse(0.0);
    }

    private static ServiceStatus shown(Decided decided, Known known) {
        FailoverDecision decision = decided.decision();
        var standing = PolicyStanding.of(decided, known);
        return new ServiceStatus(
                decided.service().toString(),
                decided.rule().map(ServiceName::toString).orElse(DEFAULT_POLICY),
                standing.by(),
                standing.outranked(),
                standing.unreadable(),
                decided.since().toString(),
                decision.moving(),
                decision.panic(),
                decision.shed(),
                decision.shed() > 0 ? decided.shedding().text() : null,
                decided.situation().demand().isPresent()
                        ? decided.situation().demand().getAsDouble()
                        : null,
                decided.situation().targets().stream()
                        .map(target -> side(decided, target))
                        .toList());
    }

    private static Side side(Decided decided, Target target) {
        ClusterShare share = decided.decision().of(target.cluster()).orElseThrow();
        var strength = target.strength();
        return new Side(
                target.cluster().value(),
                share.tier() < 0
                        ? "-"
                        : decided.policy().tiers().get(share.tier()).text(),
                share.share(),
                share.ideal(),
                share.standing().name(),
                share.reason(),
                Comeback.of(decided, target, share),
                strength.ready().isPresent() ? strength.ready().getAsInt() : null,
                strength.total().isPresent() ? strength.total().getAsInt() : null,
                target.access().rttMicros(),
                strength.granted());
    }

    private static TomboloException unknown(ServiceName service) {
        return new TomboloException(
                Fault.NOT_FOUND, "service " + service, "is not known here", "see `tombolo services`");
    }
}
