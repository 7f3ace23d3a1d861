package io.tombolo.controller.failover;

import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.Failover;
import io.tombolo.model.routing.FailoverDecision;
import io.tombolo.model.routing.FailoverPolicy;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.Situation;
import io.tombolo.model.routing.Urgencies;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How this cluster's calls of every service are divided now. One thread at a time refreshes; anybody reads. A refresh decides
 * anew where something changed or moves; where a service is the same object as before and nothing else changed, that costs nothing.
 */
public final class Decisions {
    /** Demand that differs by less is the same: shares must not follow its noise. */
    private static final double CLEARLY = 0.1;

    private final History history;
    private volatile Map<ServiceName, Decided> current = Map.of();
    private @Nullable Known last;
    private Set<ImportedService> decidedOf = Set.of();
    private long lastAsked;
    private boolean moving;

    public Decisions(History history) {
        this.history = history;
    }

    /**
     * Decides by what is known at {@code nowNanos}.
     * @return whether proxies have to hear of it
     */
    public boolean refresh(Known known, long nowNanos, Instant wall) {
        long asked = known.demand().version();
        @Nullable Known before = last;
        boolean like = before != null && known.isLike(before) && asked == lastAsked;
        if (like && before != null && known.services() == before.services() && !moving) {
            return false;
        }
        boolean news = refresh(known, like, nowNanos, wall);
        last = known;
        lastAsked = asked;
        return news;
    }

    /** @param like whether the same service as the last time comes to the same decision, if that is at rest */
    private boolean refresh(Known known, boolean like, long nowNanos, Instant wall) {
        Map<ServiceName, Decided> before = current;
        Map<ServiceName, Decided> next = new HashMap<>();
        Set<ImportedService> now = Collections.newSetFromMap(new IdentityHashMap<>());
        boolean news = false;
        boolean moves = false;
        for (ImportedService service : known.services()) {
            if (!service.sources().isEmpty()) {
                @Nullable Decided past = before.get(service.service());
                boolean stands = past != null && like && !past.decision().moving() && decidedOf.contains(service);
                Decided decided = past != null && stands ? past : decide(known, service, past, nowNanos, wall);
                now.add(service);
                next.put(service.service(), decided);
                moves |= decided.decision().moving();
                news |= past == null || decided != past && !decided.sharesLike(past);
            }
        }
        decidedOf = now;
        moving = moves;
        if (!isSame(next, before)) {
            current = Map.copyOf(next);
        }
        return news || next.size() != before.size();
    }

    private static boolean isSame(Map<ServiceName, Decided> next, Map<ServiceName, Decided> before) {
        return next.size() == before.size()
                && next.entrySet().stream().allMatch(one -> before.get(one.getKey()) == one.getValue());
    }

    /** All, by service; the same object while no decision changes. */
    public Map<ServiceName, Decided> current() {
        return current;
    }

    private Decided decide(Known known, ImportedService service, @Nullable Decided last, long nowNanos, Instant wall) {
        Optional<FailoverRule> rule = known.rule(service.service());
        FailoverPolicy policy = rule.map(FailoverRule::policy).orElse(FailoverPolicy.DEFAULT);
        Situation situation = settled(known.situation(service), last);
        if (last != null
                && holds(last, situation, policy)
                && last.urgencies().equals(urgencies(known, service, last.decision(), last))) {
            return last;
        }
        Optional<FailoverDecision> previous = Optional.ofNullable(last).map(Decided::decision);
        FailoverDecision decision = Failover.decide(policy, situation, previous, nowNanos);
        Optional<Urgencies> urgencies = urgencies(known, service, decision, last);
        var decided = new Decided(
                service.service(), rule.map(FailoverRule::name), policy, situation, decision, urgencies, wall, wall);
        if (last == null) {
            return decided;
        }
        boolean turned = !decided.goals().equals(last.goals());
        if (turned) {
            history.add(last, decided, wall);
        }
        return new Decided(
                decided.service(),
                decided.rule(),
                policy,
                situation,
                decision,
                urgencies,
                turned ? wall : last.since(),
                decided.sharesLike(last) ? last.changed() : wall);
    }

    /** Nothing changed and nothing moves. */
    private static boolean holds(Decided last, Situation situation, FailoverPolicy policy) {
        return !last.decision().moving()
                && last.situation().equals(situation)
                && last.policy().equals(policy);
    }

    private static Situation settled(Situation now, @Nullable Decided last) {
        OptionalDouble before =
                last == null ? OptionalDouble.empty() : last.situation().demand();
        boolean alike = before.isPresent()
                && now.demand().isPresent()
                && Math.abs(now.demand().getAsDouble() - before.getAsDouble()) < before.getAsDouble() * CLEARLY;
        return alike ? new Situation(now.targets(), now.cutOff(), before, now.given(), now.jitter()) : now;
    }

    /** Of all that is asked for; looked up only where it says which calls are shed. */
    private static Optional<Urgencies> urgencies(
            Known known, ImportedService service, FailoverDecision decision, @Nullable Decided last) {
        if (decision.shed() == 0) {
            return Optional.empty();
        }
        Optional<Urgencies> now = known.demand().urgencies(service.service());
        Optional<Urgencies> before = last == null ? Optional.empty() : last.urgencies();
        return before.isPresent() && now.filter(before.get()::isLike).isPresent() ? before : now;
    }

    /** All, by service. */
    public List<Decided> all() {
        return current.values().stream()
                .sorted(Comparator.comparing(Decided::service))
                .toList();
    }

    public Optional<Decided> of(ServiceName service) {
        return Optional.ofNullable(current.get(service));
    }
}
