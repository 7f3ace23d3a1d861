package io.tombolo.model.routing;

import io.tombolo.model.name.ClusterId;
import java.util.Map;

/**
 * A division that somebody else decided, with more knowledge of the whole cluster.
 * @param shares of clusters, 0.0 to 1.0 each
 * @param shed   what nobody is to take, 0.0 to 1.0
 */
public record Given(Map<ClusterId, Double> shares, double shed) {
    public Given {
        shares = Map.copyOf(shares);
    }

    /** Of all shares, without what is shed. */
    double sum() {
        double sum = 0;
        for (double share : shares.values()) {
            sum += share;
        }
        return sum;
    }

    double share(ClusterId cluster) {
        return shares.getOrDefault(cluster, 0.0);
    }
}
