package io.tombolo.model.routing;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known at the moment of a decision.
 * @param targets the clusters that expose the port, in any order, each once
 * @param cutOff  whether the decider itself lost the backbone: leases are frozen then, and paths decide
 * @param demand  requests per second that the decider's whole cluster asks for; empty = not known, and then nobody's
 *                capacity is a limit
 * @param given   what the cluster's controller decided, while it is heard of
 * @param jitter  0.0 to below 1.0, the decider's own and always the same: holds end at different times
 */
public record Situation(
        List<Target> targets, boolean cutOff, OptionalDouble demand, Optional<Given> given, double jitter) {
    public Situation {
        targets = List.copyOf(targets);
    }

    /** With nothing known but the targets. */
    public static Situation of(List<Target> targets) {
        return new Situation(targets, false, OptionalDouble.empty(), Optional.empty(), 0);
    }
}
