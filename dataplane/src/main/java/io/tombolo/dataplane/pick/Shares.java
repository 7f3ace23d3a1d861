package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.routing.Failover;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.Target;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The current division of each service port over clusters, decided again when something changed or time passed. */
final class Shares {
    private static final int MAX_PORTS = 4_096;
    private static final long GOOD_FOR_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final FailoverPolicy policy;
    private final Map<ServicePort, Held> held = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ServicePort, Held> eldest) {
            return size() > MAX_PORTS;
        }
    };

    Shares(FailoverPolicy policy) {
        this.policy = policy;
    }

    /** The division now. Without anything tried it moves on from the previous one; a retry takes whoever is best without. */
    FailoverDecision decide(Scene scene) {
        if (!scene.isUsual()) {
            return Failover.decide(policy, scene.situation(scene.targets()), Optional.empty(), scene.nowNanos());
        }
        ServicePort port = scene.routed().port();
        @Nullable Held before = held.get(port);
        if (before != null && before.isGoodFor(scene)) {
            return before.decision();
        }
        FailoverDecision decision = Failover.decide(
                policy,
                scene.situation(scene.targets()),
                Optional.ofNullable(before).map(Held::decision),
                scene.nowNanos());
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
        List<Target> others = scene.targets().stream()
                .filter(target -> now.of(target.cluster())
                        .filter(share -> share.share() > 0)
                        .isEmpty())
                .toList();
        return Failover.decide(policy, scene.situation(others), Optional.empty(), scene.nowNanos());
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
