package io.tombolo.controller.failover;

import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.EvacuationOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Orders to evacuate clusters: those given here, on disk before they are answered, and those that an authority gave. Of two for
 * one cluster the stronger counts. Safe on any thread; giving one blocks for an fsync.
 */
public final class Evacuations {
    record Form(String cluster, int percent, long overMillis, long sinceMillis) {}

    record Ledger(List<Form> orders) {}

    private final JsonState<Ledger> file;
    private final Map<ClusterId, EvacuationOrder> own = new TreeMap<>();

    public Evacuations(StateDirectory state) {
        this.file = new JsonState<>(state.file("evacuations.state"), "EVAC", Ledger.class);
        file.read().stream()
                .flatMap(ledger -> ledger.orders().stream())
                .map(Evacuations::order)
                .forEach(order -> own.put(order.cluster(), order));
    }

    /** Takes an order instead of the one before for that cluster. */
    public synchronized void give(EvacuationOrder order) {
        var next = new TreeMap<>(own);
        next.put(order.cluster(), order);
        keep(next);
    }

    /** Takes an order back; false if there is none. */
    public synchronized boolean undo(ClusterId cluster) {
        var next = new TreeMap<>(own);
        boolean there = next.remove(cluster) != null;
        if (there) {
            keep(next);
        }
        return there;
    }

    /** Those that were given here. */
    public synchronized List<EvacuationOrder> own() {
        return List.copyOf(own.values());
    }

    /** All that count here, by cluster. */
    public List<EvacuationOrder> counting(CatalogView view) {
        Map<ClusterId, EvacuationOrder> all = new TreeMap<>();
        own().forEach(order -> all.put(order.cluster(), order));
        view.origins().stream()
                .filter(origin -> !origin.cluster().equals(view.own()))
                .filter(origin -> view.members().authorities().contains(origin.cluster()))
                .flatMap(origin -> origin.evacuations().stream())
                .forEach(order -> all.merge(order.cluster(), order, Evacuations::stronger));
        return List.copyOf(all.values());
    }

    private static EvacuationOrder stronger(EvacuationOrder one, EvacuationOrder other) {
        return one.percent() >= other.percent() ? one : other;
    }

    private void keep(Map<ClusterId, EvacuationOrder> next) {
        file.write(new Ledger(forms(next.values())));
        own.clear();
        own.putAll(next);
    }

    private static List<Form> forms(Collection<EvacuationOrder> orders) {
        return orders.stream()
                .map(order -> new Form(
                        order.cluster().value(),
                        order.percent(),
                        order.over().toMillis(),
                        order.since().toEpochMilli()))
                .collect(Collectors.toList());
    }

    private static EvacuationOrder order(Form form) {
        return new EvacuationOrder(
                new ClusterId(form.cluster()),
                form.percent(),
                Duration.ofMillis(form.overMillis()),
                Instant.ofEpochMilli(form.sinceMillis()));
    }
}
