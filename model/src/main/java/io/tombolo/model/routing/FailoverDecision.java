package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import java.util.Comparator;
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
        shares = isInOrder(shares) ? List.copyOf(shares) : inOrder(shares);
    }

    private static boolean isInOrder(List<ClusterShare> shares) {
        for (int i = 1; i < shares.size(); i++) {
            if (shares.get(i - 1).cluster().compareTo(shares.get(i).cluster()) > 0) {
                return false;
            }
        }
        return true;
    }

    private static List<ClusterShare> inOrder(List<ClusterShare> shares) {
        return shares.stream()
                .sorted(Comparator.comparing(ClusterShare::cluster))
                .toList();
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
        for (ClusterShare share : shares) {
            boolean held = share.standing().admitted()
                    && share.heldUntilNanos() != ClusterShare.ALWAYS
                    && share.heldUntilNanos() > decidedAtNanos;
            if (held || Math.abs(share.share() - share.ideal()) > EXACT) {
                return true;
            }
        }
        return false;
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
