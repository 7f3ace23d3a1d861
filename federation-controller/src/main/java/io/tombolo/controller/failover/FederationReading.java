package io.tombolo.controller.failover;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.FailoverRule;
import java.util.List;
import java.util.Optional;

/**
 * What the other authorities' federation-wide policies come to here.
 * @param given      those that count
 * @param unreadable those whose newest version this program does not understand
 */
public record FederationReading(List<Given> given, List<Unreadable> unreadable) {
    /** Nobody gave any. */
    public static final FederationReading NONE = new FederationReading(List.of(), List.of());

    public FederationReading {
        given = List.copyOf(given);
        unreadable = List.copyOf(unreadable);
    }

    /** One that counts. */
    public record Given(ClusterId by, FailoverRule rule) {}

    /**
     * One whose newest version cannot be read.
     * @param inForce the last version that could be, which counts until then; empty = there was none
     */
    public record Unreadable(ClusterId by, String name, TomboloException why, Optional<FailoverRule> inForce) {
        /** For people: what is wrong, and what is done about it meanwhile. */
        public String text() {
            String meanwhile = inForce.isPresent()
                    ? " Its last version that could be read stays in force."
                    : " Nothing of it is in force here.";
            return why.getMessage() + meanwhile;
        }
    }

    public List<FailoverRule> rules() {
        return given.stream().map(Given::rule).toList();
    }

    /** Who gave a rule; empty if it is this cluster's own. */
    public Optional<ClusterId> by(FailoverRule rule) {
        return given.stream()
                .filter(one -> one.rule().equals(rule))
                .map(Given::by)
                .findFirst();
    }
}
