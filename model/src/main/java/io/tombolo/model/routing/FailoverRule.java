package io.tombolo.model.routing;

import io.tombolo.model.name.ServiceName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/**
 * A failover policy with what it is about.
 * @param name      namespace and name of the resource
 * @param createdAt of rules of the same scope the oldest counts
 */
public record FailoverRule(ServiceName name, RuleScope scope, Instant createdAt, FailoverPolicy policy) {
    /** The first one counts. */
    public static final Comparator<FailoverRule> PRECEDENCE = Comparator.comparing(
                    (FailoverRule rule) -> -rule.scope().rank())
            .thenComparing(FailoverRule::createdAt)
            .thenComparing(FailoverRule::name);

    /** The one that counts for calls of {@code service}; empty = none, and the default is used. */
    public static Optional<FailoverRule> counting(ServiceName service, Collection<FailoverRule> rules) {
        return rules.stream().filter(rule -> rule.scope().includes(service)).min(PRECEDENCE);
    }
}
