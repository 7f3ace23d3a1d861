package io.tombolo.controller.api;

import io.tombolo.controller.failover.Decided;
import io.tombolo.model.routing.ClusterShare;
import io.tombolo.model.routing.Target;
import java.time.Duration;

/** What would give a cluster traffic, or more of it, in words for whoever asks why it has none. */
final class Comeback {
    private static final double EXACT = 1e-3;

    private Comeback() {}

    /** Empty if it has all that its tier gives it. */
    static String of(Decided decided, Target target, ClusterShare share) {
        return switch (share.standing()) {
            case NO_INSTANCE -> "when " + decided.policy().health().leastReady() + " of its instances are ready";
            case NO_TRUST -> "when both clusters hold each other's bundles";
            case NO_PATH -> "when a gateway of it answers";
            case LEASE_OVER -> "when its controller is heard of again";
            case EVACUATED -> "when the evacuation is undone: `tombolo evacuate " + target.cluster() + " --undo`";
            case DRAINED ->
                "when its instances take something again: `tombolo drain --list` there says whether it was ordered";
            case DRILLED -> "when the drill is over: `tombolo failover drill --undo`";
            case FORBIDDEN ->
                "when it says " + decided.policy().wishes().require() + " of itself, or the policy does not require it";
            case NO_TIER -> "when a tier of the policy includes it";
            case USABLE, SLOW, UNKNOWN, LAST_RESORT -> admitted(decided, share);
        };
    }

    private static String admitted(Decided decided, ClusterShare share) {
        long left = share.heldUntilNanos() == ClusterShare.ALWAYS
                ? 0
                : share.heldUntilNanos() - decided.decision().decidedAtNanos();
        if (left > 0) {
            return "when it has stayed usable for "
                    + Math.ceilDiv(Duration.ofNanos(left).toMillis(), 1_000) + " s more";
        }
        if (share.ideal() - share.share() > EXACT) {
            return "moving there now";
        }
        return share.ideal() < EXACT ? "when no cluster before it can answer" : "";
    }
}
