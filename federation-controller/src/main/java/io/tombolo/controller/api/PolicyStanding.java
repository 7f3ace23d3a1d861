package io.tombolo.controller.api;

import io.tombolo.controller.failover.Decided;
import io.tombolo.controller.failover.FederationReading;
import io.tombolo.controller.failover.Known;
import io.tombolo.model.routing.FailoverRule;
import java.util.List;
import java.util.Optional;

/**
 * How the policy that counts for a service stands to the others.
 * @param by         the authority that gave it; empty if it is this cluster's own, or the default
 * @param outranked  those that are about the service too, with the reason why they do not count
 * @param unreadable federation-wide ones that this version cannot read
 */
record PolicyStanding(String by, List<String> outranked, List<String> unreadable) {
    private static final int MOST_NAMED = 8;

    static PolicyStanding of(Decided decided, Known known) {
        Optional<FailoverRule> counts = decided.rule()
                .flatMap(name ->
                        known.rule(decided.service()).filter(rule -> rule.name().equals(name)));
        return new PolicyStanding(
                counts.flatMap(known.federation()::by).map(Object::toString).orElse(""),
                counts.map(rule -> outranked(decided, rule, known)).orElse(List.of()),
                known.federation().unreadable().stream()
                        .limit(MOST_NAMED)
                        .map(FederationReading.Unreadable::text)
                        .toList());
    }

    private static List<String> outranked(Decided decided, FailoverRule counts, Known known) {
        return known.rules().stream()
                .filter(rule -> rule.scope().includes(decided.service()) && !rule.equals(counts))
                .sorted(FailoverRule.PRECEDENCE)
                .limit(MOST_NAMED)
                .map(rule -> rule.name()
                        + known.federation().by(rule).map(by -> " of " + by).orElse("")
                        + (rule.scope().rank() == counts.scope().rank() ? " (younger)" : " (less specific)"))
                .toList();
    }
}
