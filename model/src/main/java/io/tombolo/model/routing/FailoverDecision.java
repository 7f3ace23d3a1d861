package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import java.util.List;
import java.util.Optional;

/**
 * Shares of all clusters that export a service, by cluster id.
 * @param shed           0.0 to 1.0 of the traffic that nobody has the capacity for
 * @param idealShed      where that moves to
 * @param panic          everything looks unhealthy: the traffic is spread rather than refused
 * @param decidedAtNanos monotonic time
 */
public record FailoverDecision(
        List<ClusterShare> shares, double shed, double idealShed, boolean panic, long decidedAtNanos) {
    private static final double EXACT = 1e-9;

    public FailoverDecision {
        shares = List.copyOf(shares);
    }

    /** What was decided for {@code cluster}. */
    public Optional<ClusterShare> of(ClusterId cluster) {
        return shares.stream().filter(s -> s.cluster().equals(cluster)).findFirst();
    }

    /** Whether anything may get traffic. */
    public boolean anyAdmitted() {
        return shares.stream().anyMatch(s -> s.share() > 0);
    }

    /** Whether shares still move or a hold still runs, so that time alone changes the decision. */
    public boolean moving() {
        return shares.stream()
                .anyMatch(s -> Math.abs(s.share() - s.ideal()) > EXACT
                        || s.standing().admitted()
                                && s.heldUntilNanos() != ClusterShare.ALWAYS
                                && s.heldUntilNanos() > decidedAtNanos);
    }

    /**
     * The cluster for one request that is not shed.
     * @param random uniform in [0, 1)
     */
    public Optional<ClusterId> pick(double random) {
        double left = random * shares.stream().mapToDouble(ClusterShare::share).sum();
        Optional<ClusterId> last = Optional.empty();
        for (ClusterShare share : shares) {
            if (share.share() > 0) {
                last = Optional.of(share.cluster());
                left -= share.share();
                if (left < 0) {
                    return last;
                }
            }
        }
        return last;
    }
}
