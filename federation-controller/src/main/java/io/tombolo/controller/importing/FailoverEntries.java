package io.tombolo.controller.importing;

import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.failover.Decided;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.Evacuations;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.wire.codec.FeedEntry;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What sidecars are told of how their calls are divided over clusters.
 * @param rules the policies that count in a view
 */
public record FailoverEntries(
        Decisions decisions, Evacuations evacuations, Function<CatalogView, List<FailoverRule>> rules) {
    private static final double PERMILLE = 1_000;

    /**
     * All that these entries are a function of, besides what may be called.
     * @param decided the same object while no decision changed
     */
    record Basis(
            List<FailoverRule> rules,
            List<EvacuationOrder> orders,
            List<FeedEntry.Labels> labels,
            Map<ServiceName, Decided> decided) {
        boolean isLike(Basis other) {
            return decided == other.decided
                    && rules.equals(other.rules)
                    && orders.equals(other.orders)
                    && labels.equals(other.labels);
        }
    }

    Basis basis(CatalogView view) {
        List<FeedEntry.Labels> labels = view.origins().stream()
                .filter(origin -> !origin.labels().isEmpty())
                .map((OriginView origin) -> new FeedEntry.Labels(origin.cluster(), origin.labels()))
                .toList();
        return new Basis(rules.apply(view), evacuations.counting(view), labels, decisions.current());
    }

    static Stream<FeedEntry> of(Basis basis, List<ImportedService> imports) {
        List<FailoverRule> counting = basis.rules();
        Stream<FeedEntry> orders = basis.orders().stream().map(FeedEntry.Evacuation::new);
        Stream<FeedEntry> labels = basis.labels().stream().map(each -> each);
        Stream<FeedEntry> policies = imports.stream()
                .flatMap(service -> FailoverRule.counting(service.service(), counting).stream()
                        .map(rule -> new FeedEntry.Failover(service.service(), rule.name(), rule.policy())));
        Stream<FeedEntry> shares = imports.stream()
                .filter(service -> service.sources().size() > 1)
                .flatMap(service -> Stream.ofNullable(basis.decided().get(service.service())))
                .filter(FailoverEntries::isTold)
                .map(FailoverEntries::shares);
        return Stream.of(orders, labels, policies, shares).flatMap(each -> each);
    }

    /** Without a policy, capacity or order sidecars divide as they are set. */
    private static boolean isTold(Decided decided) {
        boolean special = decided.rule().isPresent()
                || decided.situation().targets().stream()
                        .anyMatch(target -> target.evacuated() > 0
                                || target.drilled()
                                || target.strength().capacity() > 0);
        return special && decided.decision().anyAdmitted();
    }

    private static FeedEntry shares(Decided decided) {
        List<FeedEntry.Share> shares = decided.decision().shares().stream()
                .map(share -> new FeedEntry.Share(
                        share.cluster(), (int) Math.round(share.share() * PERMILLE), share.reason()))
                .toList();
        return new FeedEntry.Shares(
                decided.service(),
                shares,
                decided.changed(),
                (int) Math.round(decided.decision().shed() * PERMILLE),
                decided.situation().demand().isPresent()
                        ? OptionalLong.of(
                                Math.round(decided.situation().demand().getAsDouble()))
                        : OptionalLong.empty(),
                decided.urgencies());
    }
}
