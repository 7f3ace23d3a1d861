package io.tombolo.model.authorization;

import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The policies that have a say about one port of one service, made ready for decisions. A Deny of any level that fits refuses;
 * else the most specific level with Allow policies decides; without any, nothing is restricted. What cannot be told counts
 * against the caller: a Deny fits then, an Allow does not.
 */
public final class AuthorizationTable {
    private static final Comparator<AuthorizationPolicy> ORDER =
            Comparator.comparing(AuthorizationPolicy::level).thenComparing(AuthorizationPolicy::name);

    private final Rows enforced;
    private final Optional<Rows> withAudited;

    private AuthorizationTable(Rows enforced, Optional<Rows> withAudited) {
        this.enforced = enforced;
        this.withAudited = withAudited;
    }

    /** @param policies of the cluster that has the service, in any order; those of other services are left out */
    public static AuthorizationTable of(Collection<AuthorizationPolicy> policies, ServicePort port) {
        List<AuthorizationPolicy> concerned = policies.stream()
                .filter(policy -> policy.concerns(port.service()))
                .sorted(ORDER)
                .toList();
        List<AuthorizationPolicy> counting = concerned.stream()
                .filter(policy -> policy.mode() == Mode.ENFORCE)
                .toList();
        boolean audits = counting.size() < concerned.size();
        return new AuthorizationTable(
                Rows.of(counting, port.port()),
                audits ? Optional.of(Rows.of(concerned, port.port())) : Optional.empty());
    }

    /** Whether there is nothing to decide by: everything is {@link Verdict.Unrestricted} then. */
    public boolean isEmpty() {
        return withAudited.isEmpty()
                && enforced.otherwise().allows()
                && enforced.denies().isEmpty();
    }

    /** Decides. */
    public Verdict decide(Question asked) {
        return enforced.decide(asked);
    }

    /**
     * Whether there may be a request of this caller that is allowed: for who cannot see requests, and only must not let anybody
     * through for whom there is none.
     * @param caller asked without HTTP
     */
    public boolean couldAllow(Question caller) {
        return enforced.couldAllow(caller);
    }

    /** What would be decided if the audited policies counted; empty if there are none. It changes nothing. */
    public Optional<Verdict> audit(Question asked) {
        return withAudited.map(rows -> rows.decide(asked));
    }

    private record Row(AuthorizationRule rule, Verdict verdict) {}

    /** @param otherwise when nothing fits */
    private record Rows(List<Row> denies, List<Row> allows, Verdict otherwise) {
        static Rows of(List<AuthorizationPolicy> policies, int port) {
            List<AuthorizationPolicy> allowing = mostSpecific(policies);
            return new Rows(
                    policies.stream()
                            .filter(policy -> policy.action() == Action.DENY)
                            .flatMap(policy -> rows(policy, port).stream())
                            .toList(),
                    allowing.stream()
                            .flatMap(policy -> rows(policy, port).stream())
                            .toList(),
                    allowing.isEmpty() ? Verdict.Unrestricted.INSTANCE : notAllowed(allowing));
        }

        private static List<AuthorizationPolicy> mostSpecific(List<AuthorizationPolicy> policies) {
            List<AuthorizationPolicy> allowing = policies.stream()
                    .filter(policy -> policy.action() == Action.ALLOW)
                    .toList();
            return allowing.stream()
                    .filter(policy -> policy.level() == allowing.getFirst().level())
                    .toList();
        }

        private static Verdict notAllowed(List<AuthorizationPolicy> allowing) {
            List<ServiceName> names =
                    allowing.stream().map(AuthorizationPolicy::name).toList();
            return new Verdict.NotAllowed(allowing.getFirst().level(), names);
        }

        private static List<Row> rows(AuthorizationPolicy policy, int port) {
            var rows = new java.util.ArrayList<Row>();
            for (int number = 1; number <= policy.rules().size(); number++) {
                Verdict verdict = policy.action() == Action.DENY
                        ? new Verdict.Denied(policy.name(), policy.level(), number)
                        : new Verdict.Allowed(policy.name(), policy.level(), number);
                policy.rules().get(number - 1).at(port).ifPresent(rule -> rows.add(new Row(rule, verdict)));
            }
            return rows;
        }

        boolean couldAllow(Question caller) {
            boolean surelyDenied = denies.stream().anyMatch(row -> row.rule().fits(caller, false));
            return !surelyDenied
                    && (otherwise.allows()
                            || allows.stream().anyMatch(row -> row.rule().fits(caller, true)));
        }

        Verdict decide(Question asked) {
            for (int i = 0; i < denies.size(); i++) {
                if (denies.get(i).rule().fits(asked, true)) {
                    return denies.get(i).verdict();
                }
            }
            for (int i = 0; i < allows.size(); i++) {
                if (allows.get(i).rule().fits(asked, false)) {
                    return allows.get(i).verdict();
                }
            }
            return otherwise;
        }
    }
}
