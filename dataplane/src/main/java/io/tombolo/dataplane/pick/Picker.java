package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.limit.LastUsed;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.Outcomes;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.dataplane.outcome.Paths;
import io.tombolo.dataplane.pick.Candidates.Candidate;
import io.tombolo.dataplane.policy.Permit;
import io.tombolo.dataplane.route.Routed;
import io.tombolo.model.catalog.ClusterGateways;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.OwnCluster;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Shedding;
import io.tombolo.model.routing.Urgencies;
import io.tombolo.wire.codec.FeedEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Picks for one loop. Reads the evidence, never writes it. */
public final class Picker {
    private static final int MAX_SERVICES = 1_024;

    private final Outcomes outcomes;
    private final Paths paths;
    private final RandomGenerator random;
    private final Shares shares;
    private final Balancer balancer;
    private final Map<ServiceName, Urgencies> asked = new LastUsed<>(MAX_SERVICES);

    /** @param usual for services without a policy */
    public Picker(
            FailoverPolicy usual, Circumstances circumstances, Outcomes outcomes, Paths paths, RandomGenerator random) {
        this.outcomes = outcomes;
        this.paths = paths;
        this.random = random;
        this.shares = new Shares(usual, circumstances);
        this.balancer = new Balancer(outcomes, random);
    }

    /**
     * Chooses cluster, instance and path for one attempt.
     * @param tried by earlier attempts of the same request
     * @param call  what it is an attempt of
     * @throws TomboloException NO_HEALTHY_ENDPOINT with the standing of each cluster; NO_CAPACITY for as many first attempts
     *                          as nobody has the capacity for
     */
    public Picked pick(Permit permit, ProxyConfig config, Tried tried, Call call, long nowNanos) {
        Routed routed = permit.routed();
        OwnCluster own = config.own().orElseThrow(() -> nobody(routed, List.of()));
        Turn turn = Turn.of(config, routed.port().service(), call.key());
        if (routed.callee() instanceof Callee.One one) {
            return one(one, again -> new Scene(config, own, routed, outcomes, paths, tried, again, turn, nowNanos));
        }
        Optional<FailoverDecision> first = Optional.empty();
        for (Again again : Again.values()) {
            if (!tried.isEmpty() || again.forFirstAttempts()) {
                var scene = new Scene(config, own, routed, outcomes, paths, tried, again, turn, nowNanos);
                FailoverDecision decision = shares.decide(scene);
                if (scene.isUsual()) {
                    shed(config, routed, call.urgency(), decision);
                }
                Optional<Picked> found = by(scene, decision);
                if (found.isPresent()) {
                    return found.get();
                }
                first = first.or(() -> Optional.of(decision));
            }
        }
        throw nobody(routed, reasons(first.orElseThrow()));
    }

    /** As much as is decided here, of what the controller said last that the whole cluster asks for: the end comes by and by. */
    private void shed(ProxyConfig config, Routed routed, int urgency, FailoverDecision decision) {
        if (decision.shed() == 0) {
            return;
        }
        ServiceName service = routed.port().service();
        config.shares(service).flatMap(FeedEntry.Shares::urgencies).ifPresent(told -> asked.put(service, told));
        Shedding shedding = Shedding.of(decision.shed(), Optional.ofNullable(asked.get(service)));
        if (shedding.refuses(urgency, random.nextDouble())) {
            throw new TomboloException(
                    Fault.NO_CAPACITY,
                    "service " + routed.port(),
                    "more is asked for than the clusters that may answer can take; refused is " + shedding.text()
                            + ", and this call has urgency " + urgency,
                    "`tombolo failover status` shows who takes how much; more instances, or another FailoverPolicy, help");
        }
    }

    private Optional<Picked> by(Scene scene, FailoverDecision decision) {
        return balancer.cluster(scene.turn(), decision)
                .flatMap(cluster -> inCluster(scene, cluster).or(() -> elsewhere(scene, decision, cluster)));
    }

    /**
     * Who would be picked if the clusters that have the traffic now were gone.
     * @return empty if nobody else could answer
     */
    public Optional<Picked> standby(Permit permit, ProxyConfig config, long nowNanos) {
        if (config.own().isEmpty()) {
            return Optional.empty();
        }
        Routed routed = permit.routed();
        Turn turn = Turn.of(config, routed.port().service(), OptionalLong.empty());
        var scene = new Scene(
                config, config.own().get(), routed, outcomes, paths, new Tried(), Again.NOTHING, turn, nowNanos);
        return shares.standby(scene).pick(random.nextDouble()).flatMap(cluster -> inCluster(scene, cluster));
    }

    /** Every endpoint of a service port that is known by name now, usable or not: among these some must always be left. */
    public List<EndpointKey> known(Permit permit, ProxyConfig config) {
        ServicePort port = permit.routed().port();
        return permit.routed().service().sources().stream()
                .filter(source -> config.isAdmitted(source.cluster()))
                .flatMap(source -> named(config, source, port).stream())
                .toList();
    }

    /** The last division of {@code port} over clusters; empty if it was not called yet. */
    public Optional<FailoverDecision> lastDecision(ServicePort port) {
        return shares.last(port);
    }

    private static List<EndpointKey> named(ProxyConfig config, Source source, ServicePort port) {
        if (config.isOwn(source.cluster())) {
            return config.local(port.service()).stream()
                    .map(instance -> new EndpointKey(port, source.cluster(), Optional.of(instance.instance())))
                    .toList();
        }
        return source.health().stream()
                .flatMap(health -> health.roster().stream())
                .map(entry -> new EndpointKey(port, source.cluster(), Optional.of(entry.instance())))
                .toList();
    }

    /** Between two decisions the chosen cluster may have lost its last endpoint: the next best admitted one then. */
    private Optional<Picked> elsewhere(Scene scene, FailoverDecision decision, ClusterId not) {
        return decision.shares().stream()
                .filter(share -> share.standing().admitted() && !share.cluster().equals(not))
                .sorted((a, b) -> Double.compare(b.share(), a.share()))
                .flatMap(share -> inCluster(scene, share.cluster()).stream())
                .findFirst();
    }

    /** That instance by whichever way there is: what is held against it is a reason for others to be picked, and there are none. */
    private Picked one(Callee.One one, Function<Again, Scene> scenes) {
        for (Again again : Again.values()) {
            Scene scene = scenes.apply(again);
            Optional<Picked> found = OneInstance.source(scene, one)
                    .flatMap(source -> to(scene, source, OneInstance.endpoint(scene, one)));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw OneInstance.cannotAnswer(scenes.apply(Again.NOTHING), one);
    }

    private Optional<Picked> to(Scene scene, Source source, EndpointKey endpoint) {
        return source.cluster().equals(scene.own().cluster())
                ? direct(scene, source, endpoint)
                : throughGateway(scene, source, endpoint);
    }

    private Optional<Picked> inCluster(Scene scene, ClusterId cluster) {
        return scene.source(cluster).flatMap(source -> {
            List<Candidate> candidates = new Candidates(scene).of(source);
            if (candidates.isEmpty()) {
                return Optional.empty();
            }
            return to(scene, source, balancer.instance(scene.turn(), candidates, scene.nowNanos()));
        });
    }

    private static Optional<Picked> direct(Scene scene, Source source, EndpointKey endpoint) {
        Optional<LocalInstance> instance = endpoint.instance()
                .flatMap(id -> scene.config().local(endpoint.port().service(), id));
        return instance.map(found -> new Picked(
                endpoint,
                found.addresses().getFirst(),
                Optional.empty(),
                name(scene, endpoint),
                source.serverIds().contains(found.id()) ? Set.of(found.id()) : source.serverIds()));
    }

    private Optional<Picked> throughGateway(Scene scene, Source source, EndpointKey endpoint) {
        Optional<ClusterGateways> gateways =
                scene.config().gateways(source.cluster()).filter(ClusterGateways::trusted);
        return gateways.flatMap(all -> PathChoice.choose(scene, all, random)
                .map(gateway -> new Picked(
                        endpoint,
                        address(gateway),
                        Optional.of(new PathKey(source.cluster(), gateway.instance())),
                        name(scene, endpoint),
                        serverIds(source, all))));
    }

    private HostPort address(GatewayInstance gateway) {
        return gateway.addresses().get(random.nextInt(gateway.addresses().size()));
    }

    private static Set<SpiffeId> serverIds(Source source, ClusterGateways gateways) {
        return switch (source.mode()) {
            case PASSTHROUGH -> source.serverIds();
            case TERMINATE -> Set.of(gateways.gatewayId());
        };
    }

    private static Sni.Service name(Scene scene, EndpointKey endpoint) {
        var any =
                Sni.Service.any(endpoint.port(), endpoint.cluster(), scene.own().federation());
        return endpoint.instance()
                .map(scene.isExact() ? any::exactly : any::preferring)
                .orElse(any);
    }

    private static List<String> reasons(FailoverDecision decision) {
        return decision.shares().stream()
                .map(share -> share.cluster() + ": " + share.reason())
                .toList();
    }

    private static TomboloException nobody(Routed routed, List<String> reasons) {
        String why = reasons.isEmpty() ? "no cluster exposes it" : String.join(", ", reasons);
        return new TomboloException(
                Fault.NO_HEALTHY_ENDPOINT,
                "service " + routed.port(),
                "nobody can answer (" + why + ")",
                "`tombolo explain` shows why");
    }
}
