package io.tombolo.controller.api;

import io.tombolo.controller.api.ExplainResource.CandidateShown;
import io.tombolo.controller.api.ExplainResource.Explanation;
import io.tombolo.controller.api.ExplainResource.Step;
import io.tombolo.controller.failover.Decided;
import io.tombolo.controller.failover.Known;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.ClusterShare;
import io.tombolo.model.routing.Failover;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Situation;
import io.tombolo.model.routing.Strength;
import io.tombolo.model.routing.Target;
import io.tombolo.model.routing.Tier;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The last steps of a call: the tiers, who could answer, and who does. */
final class ExplainedPick {
    private static final String PANIC = ", and all of them look unhealthy: the calls are spread";

    private ExplainedPick() {}

    static Explanation of(Explainer explainer, ImportedService service, int port, List<Step> steps) {
        Known known = explainer.known();
        List<Source> sources = service.sources().stream()
                .filter(source -> source.ports().contains(port))
                .toList();
        FailoverPolicy policy = known.policy(service.service());
        List<Target> targets = known.targets().of(sources);
        FailoverDecision decision = explainer
                .decided()
                .apply(service.service())
                .filter(_ -> sources.size() == service.sources().size())
                .map(Decided::decision)
                .orElseGet(() -> anew(known, service, policy, targets));
        steps.add(new Step("failover", failover(known, service.service(), policy), "ok"));
        steps.add(pick(port, targets, decision));
        return new Explanation(
                steps,
                targets.stream()
                        .map(target -> shown(policy, target, decision.of(target.cluster())))
                        .toList());
    }

    /** A caller who may ask fewer clusters than this one knows has shares of its own. */
    private static FailoverDecision anew(
            Known known, ImportedService service, FailoverPolicy policy, List<Target> targets) {
        Situation all = known.situation(service);
        var some = new Situation(targets, all.cutOff(), all.demand(), Optional.empty(), 0);
        return Failover.decide(policy, some, Optional.empty(), System.nanoTime());
    }

    private static String failover(Known known, ServiceName service, FailoverPolicy policy) {
        String tiers = policy.tiers().stream().map(Tier::text).collect(Collectors.joining(", "));
        return known.rule(service)
                .map(rule -> "FailoverPolicy " + rule.name() + ": tiers " + tiers)
                .orElse("no FailoverPolicy is about it: tiers " + tiers);
    }

    private static Step pick(int port, List<Target> targets, FailoverDecision decision) {
        String to = decision.shares().stream()
                .filter(share -> share.share() > 0)
                .map(share -> share.cluster() + " " + percent(share.share()))
                .collect(Collectors.joining(", "));
        String refused = decision.shed() > 0 ? ", " + percent(decision.shed()) + " is refused" : "";
        String exposed = targets.size() == 1 ? "1 cluster exposes it" : targets.size() + " clusters expose it";
        boolean some = decision.anyAdmitted() || decision.panic();
        return new Step(
                "pick",
                "port " + port + ": " + exposed + (decision.panic() ? PANIC : "")
                        + (to.isEmpty() ? "; nobody gets it" : ": " + to) + refused,
                some ? "ok" : "refused");
    }

    private static String percent(double share) {
        return Math.round(share * 1_000) / 10.0 + " %";
    }

    private static CandidateShown shown(FailoverPolicy policy, Target target, Optional<ClusterShare> share) {
        String tier = policy.tiers().stream()
                .filter(t -> t.includes(target))
                .map(Tier::text)
                .findFirst()
                .orElse("-");
        Strength strength = target.strength();
        boolean measured = target.access().rttMicros() > 0;
        return new CandidateShown(
                target.cluster().value(),
                tier,
                number(strength.ready()),
                number(strength.total()),
                target.access().freshness().name(),
                target.local() ? "-" : target.access().path().name(),
                measured ? target.access().rttMicros() : null,
                strength.capacity() > 0 ? strength.capacity() : null,
                strength.capacity() > 0 ? strength.granted() : null,
                share.map(ClusterShare::share).orElse(0.0),
                share.map(ClusterShare::reason).orElse("not considered"));
    }

    private static @Nullable Integer number(OptionalInt known) {
        return known.isPresent() ? known.getAsInt() : null;
    }
}
