package io.tombolo.controller.failover;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Situation;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Everything that decides where this cluster's calls go, at one moment. Immutable: the simulator changes copies of it.
 * @param services what can be called from here
 * @param rules    policies, of which the most specific counts for each service
 * @param federation what other authorities gave of them, and what could not be read
 * @param demand   of the whole cluster, by service
 * @param jitter   0.0 to below 1.0, this controller's own
 */
public record Known(
        KnownTargets targets,
        List<ImportedService> services,
        List<FailoverRule> rules,
        FederationReading federation,
        DemandTable demand,
        double jitter) {
    public Known {
        services = List.copyOf(services);
        rules = List.copyOf(rules);
    }

    /** Whether the same would be decided of the same service as by {@code other}, if as much is asked for and nothing moves. */
    boolean isLike(Known other) {
        return demand == other.demand
                && jitter == other.jitter
                && rules.equals(other.rules)
                && targets.isLike(other.targets);
    }

    /** The rule that counts for a service; empty = the usual division. */
    public Optional<FailoverRule> rule(ServiceName service) {
        return FailoverRule.counting(service, rules);
    }

    /** How calls of a service are divided. */
    public FailoverPolicy policy(ServiceName service) {
        return rule(service).map(FailoverRule::policy).orElse(FailoverPolicy.DEFAULT);
    }

    /** What is known of who could answer for a service. */
    public Situation situation(ImportedService service) {
        OptionalDouble asked = demand.of(service.service());
        return new Situation(targets.of(service.sources()), targets.view().cutOff(), asked, Optional.empty(), jitter);
    }
}
