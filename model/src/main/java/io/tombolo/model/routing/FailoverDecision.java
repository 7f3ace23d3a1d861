package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import java.util.List;
import java.util.Optional;

/**
 * Shares of all clusters that export a service, by cluster id.
 * @param decidedAtNanos monotonic time
 */
public record FailoverDecision(List<ClusterShare> shares, long decidedAtNanos) {
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
                .anyMatch(s ->
                        Math.abs(s.share() - s.ideal()) > 1e-9 || s.reason().startsWith("held"));
    }

    /**
     * The cluster for one request.
     * @param random uniform in [0, 1)
     */
    public Optional<ClusterId> pick(double random) {
        double left = random;
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
