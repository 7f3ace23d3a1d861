package io.tombolo.controller.failover;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Failover;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Situation;
import io.tombolo.model.routing.Strength;
import io.tombolo.model.routing.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What would become of this cluster's traffic if something changed: the live decision on a copy of what is known live. Nothing is
 * held or ramped in it: it tells where things end. Pure.
 */
public record Simulation(Known known) {
    /**
     * What changes.
     * @param down     clusters that are dead
     * @param gateways that are dead
     * @param rules    policies in place of those of the same name, or besides
     * @param load     requests per second by service, instead of what is asked for now
     */
    public record Change(
            Set<ClusterId> down, Set<InstanceId> gateways, List<FailoverRule> rules, Map<ServiceName, Double> load) {
        public Change {
            down = Set.copyOf(down);
            gateways = Set.copyOf(gateways);
            rules = List.copyOf(rules);
            load = Map.copyOf(load);
        }

        /** Only clusters that are dead. */
        public static Change down(Set<ClusterId> clusters) {
            return new Change(clusters, Set.of(), List.of(), Map.of());
        }
    }

    /**
     * One service, before and after.
     * @param demand requests per second; empty = not known
     */
    public record Outcome(
            ServiceName service,
            OptionalDouble demand,
            FailoverDecision before,
            FailoverDecision after,
            List<Target> targets) {
        /** Clusters that would get more than they say they can take, with requests per second beyond. */
        public List<Overload> overloads() {
            var found = new ArrayList<Overload>();
            for (Target target : targets) {
                double asked = demand.orElse(0)
                        * after.of(target.cluster()).map(share -> share.share()).orElse(0.0);
                long most = target.strength().granted();
                if (target.strength().capacity() > 0 && asked > most + 0.5) {
                    found.add(new Overload(target.cluster(), asked, most));
                }
            }
            return found;
        }

        /** Whether somebody answered before and nobody does after. */
        public boolean leftWithNothing() {
            return before.anyAdmitted() && (!after.anyAdmitted() || after.panic() && !before.panic());
        }

        /** Whether anything is different. */
        public boolean changes() {
            return before.shares().stream()
                            .anyMatch(share -> Math.abs(share.share()
                                            - after.of(share.cluster())
                                                    .map(then -> then.share())
                                                    .orElse(0.0))
                                    > 1e-3)
                    || Math.abs(before.shed() - after.shed()) > 1e-3;
        }
    }

    /** @param granted requests per second that the cluster grants */
    public record Overload(ClusterId cluster, double perSecond, long granted) {}

    public static Simulation of(Known known) {
        return new Simulation(known);
    }

    /** Every service, by name. */
    public List<Outcome> run(Change change) {
        return known.services().stream()
                .filter(service -> !service.sources().isEmpty())
                .map(service -> outcome(service, change))
                .toList();
    }

    /** Services that nobody would be left to answer for. */
    public List<String> leftWithNothing(Change change) {
        return run(change).stream()
                .filter(Outcome::leftWithNothing)
                .map(outcome -> outcome.service().toString())
                .toList();
    }

    /** What an authority gave stays, whatever its name: nobody here could apply another one in its place. */
    private boolean isReplaced(FailoverRule rule, Change change) {
        boolean own = known.federation().by(rule).isEmpty();
        return own && change.rules().stream().anyMatch(other -> other.name().equals(rule.name()));
    }

    private Outcome outcome(ImportedService service, Change change) {
        Situation now = asked(known.situation(service), service.service(), change);
        Situation then = changed(now, change);
        var rules = new ArrayList<>(change.rules());
        known.rules().stream().filter(rule -> !isReplaced(rule, change)).forEach(rules::add);
        FailoverPolicy policy = FailoverRule.counting(service.service(), rules)
                .map(FailoverRule::policy)
                .orElse(FailoverPolicy.DEFAULT);
        return new Outcome(
                service.service(),
                now.demand(),
                Failover.decide(known.policy(service.service()), now, Optional.empty(), 0),
                Failover.decide(policy, then, Optional.empty(), 0),
                then.targets());
    }

    private static Situation asked(Situation now, ServiceName service, Change change) {
        Double load = change.load().get(service);
        return load == null
                ? now
                : new Situation(now.targets(), now.cutOff(), OptionalDouble.of(load), now.given(), now.jitter());
    }

    private Situation changed(Situation now, Change change) {
        List<PathHealth> left = known.targets().measured().stream()
                .filter(path -> !change.gateways().contains(path.gateway()))
                .toList();
        List<Target> targets = now.targets().stream()
                .map(target -> changed(target, change, left))
                .toList();
        return new Situation(targets, now.cutOff(), now.demand(), now.given(), now.jitter());
    }

    /** A dead cluster has nobody who answers, and nobody to try in a panic. */
    private Target changed(Target target, Change change, List<PathHealth> left) {
        if (change.down().contains(target.cluster())) {
            var nobody = new Strength(
                    OptionalInt.of(0),
                    OptionalInt.of(0),
                    target.strength().capacity(),
                    target.strength().granted());
            return target.with(nobody);
        }
        return change.gateways().isEmpty() || target.local()
                ? target
                : target.with(known.targets().withPaths(target, left, change.gateways()));
    }
}
