package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.dataplane.limit.LastUsed;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.Failover;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Given;
import io.tombolo.model.routing.Situation;
import io.tombolo.model.routing.Target;
import io.tombolo.wire.codec.FeedEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The current division of each service port over clusters, decided again when something changed or time passed. */
final class Shares {
    private static final double PERMILLE = 1_000;
    private static final int MAX_PORTS = 4_096;
    private static final long GOOD_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FailoverPolicy usual;
    private final Circumstances circumstances;
    private final Map<ServicePort, Held> held = new LastUsed<>(MAX_PORTS);

    Shares(FailoverPolicy usual, Circumstances circumstances) {
        this.usual = usual;
        this.circumstances = circumstances;
    }

    /** The division now. Without anything tried it moves on from the previous one; a retry takes whoever is best without. */
    FailoverDecision decide(Scene scene) {
        if (!scene.isUsual()) {
            return decide(scene, targets(scene), Optional.empty());
        }
        ServicePort port = scene.routed().port();
        @Nullable Held before = held.get(port);
        if (before != null && before.isGoodFor(scene)) {
            return before.decision();
        }
        FailoverDecision decision =
                decide(scene, targets(scene), Optional.ofNullable(before).map(Held::decision));
        held.put(
                port,
                new Held(
                        decision,
                        scene.config(),
                        scene.outcomes().version(),
                        scene.paths().version()));
        return decision;
    }

    /** The division if the clusters that have a share now had none. */
    FailoverDecision standby(Scene scene) {
        FailoverDecision now = decide(scene);
        List<Target> others = targets(scene).stream()
                .filter(target -> now.of(target.cluster())
                        .filter(share -> share.share() > 0)
                        .isEmpty())
                .toList();
        return decide(scene, others, Optional.empty());
    }

    private List<Target> targets(Scene scene) {
        return scene.targets(circumstances.clock().instant());
    }

    private FailoverDecision decide(Scene scene, List<Target> targets, Optional<FailoverDecision> before) {
        Optional<FeedEntry.Shares> told = scene.config()
                .shares(scene.routed().port().service())
                .filter(shares -> circumstances.hearsController().test(scene.nowNanos()));
        var situation =
                new Situation(targets, scene.cutOff(), demand(scene), told.map(Shares::given), circumstances.jitter());
        return Failover.decide(policy(scene), situation, before, scene.nowNanos());
    }

    FailoverPolicy policy(Scene scene) {
        return scene.config().failover(scene.routed().port().service()).orElse(usual);
    }

    /** The last that was heard of it: it changes less than it would be wrong to know nothing. */
    private static OptionalDouble demand(Scene scene) {
        return scene.config()
                .shares(scene.routed().port().service())
                .map(FeedEntry.Shares::demandPerSecond)
                .filter(OptionalLong::isPresent)
                .map(perSecond -> OptionalDouble.of(perSecond.getAsLong()))
                .orElse(OptionalDouble.empty());
    }

    private static Given given(FeedEntry.Shares told) {
        Map<ClusterId, Double> shares = new HashMap<>();
        told.shares().forEach(share -> shares.put(share.cluster(), share.permille() / PERMILLE));
        return new Given(shares, told.shedPermille() / PERMILLE);
    }

    /** The last division of {@code port}, for those who want to see it. */
    Optional<FailoverDecision> last(ServicePort port) {
        return Optional.ofNullable(held.get(port)).map(Held::decision);
    }

    private record Held(FailoverDecision decision, ProxyConfig config, long outcomes, long paths) {
        boolean isGoodFor(Scene scene) {
            return config == scene.config()
                    && outcomes == scene.outcomes().version()
                    && paths == scene.paths().version()
                    && scene.nowNanos() - decision.decidedAtNanos() < GOOD_FOR_NANOS;
        }
    }
}
