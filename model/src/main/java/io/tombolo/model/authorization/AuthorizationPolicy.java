package io.tombolo.model.authorization;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import java.util.List;
import java.util.Optional;

/**
 * One policy of the cluster that has the service.
 * @param name   its namespace says whose services it is for
 * @param target a service of that namespace; empty = all of them, and from {@code tombolo-system} all of the cluster
 * @param rules  one that fits is enough; an Allow policy without any lets nobody in
 */
public record AuthorizationPolicy(
        ServiceName name, Optional<String> target, Action action, Mode mode, List<AuthorizationRule> rules) {
    /** Of one policy. */
    public static final int MOST_RULES = 64;

    /** What a rule that fits means. */
    public enum Action {
        ALLOW,
        DENY
    }

    /** Whether it counts. */
    public enum Mode {
        ENFORCE,
        /** It is only told what it would have changed. */
        AUDIT
    }

    public AuthorizationPolicy {
        rules = List.copyOf(rules);
        if (rules.size() > MOST_RULES) {
            throw PolicySyntax.bad("policy", name.toString(), "write at most " + MOST_RULES + " rules");
        }
        if (action == Action.DENY && rules.isEmpty()) {
            throw PolicySyntax.bad(
                    "policy", name.toString(), "a Deny without rules denies nothing; write `rules: [{}]`");
        }
        if (target.isPresent()) {
            var _ = new ServiceName(name.namespace(), target.get());
            if (isSystem(name)) {
                throw PolicySyntax.bad("target", target.get(), "no service lives in " + SpiffeId.SYSTEM_NAMESPACE);
            }
        }
    }

    public Level level() {
        if (target.isPresent()) {
            return Level.SERVICE;
        }
        return isSystem(name) ? Level.MESH : Level.NAMESPACE;
    }

    /** Whether it has a say about calls of {@code service}. */
    public boolean concerns(ServiceName service) {
        return switch (level()) {
            case SERVICE -> service.namespace().equals(name.namespace()) && target.equals(Optional.of(service.name()));
            case NAMESPACE -> service.namespace().equals(name.namespace());
            case MESH -> true;
        };
    }

    private static boolean isSystem(ServiceName name) {
        return name.namespace().equals(SpiffeId.SYSTEM_NAMESPACE);
    }
}
