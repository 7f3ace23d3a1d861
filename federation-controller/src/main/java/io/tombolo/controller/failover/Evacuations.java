package io.tombolo.controller.failover;

import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.EvacuationOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Orders to evacuate clusters: those given here, on disk before they are answered, and those that an authority gave. Of two for
 * one cluster the stronger counts. Besides, at most one drill: it binds this cluster only, is in memory only, so that a restart
 * ends it, and an order for the same cluster outranks it. Safe on any thread; giving an order blocks for an fsync.
 */
public final class Evacuations {
    record Form(String cluster, int percent, long overMillis, long sinceMillis) {}

    record Ledger(List<Form> orders) {}

    private final JsonState<Ledger> file;
    private final Map<ClusterId, EvacuationOrder> own = new TreeMap<>();
    private Optional<EvacuationOrder> drill = Optional.empty();

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

    /**
     * Begins a drill.
     * @throws TomboloException DRILL_REFUSED while there is one, or if that cluster is being evacuated
     */
    public synchronized void begin(EvacuationOrder wanted, CatalogView view) {
        sweep(wanted.since());
        drill.ifPresent(running -> {
            throw refused(wanted, "there is one already, of " + running.cluster() + ", " + until(running));
        });
        if (counting(view).stream().anyMatch(order -> order.cluster().equals(wanted.cluster()))) {
            throw refused(wanted, "that cluster is being evacuated");
        }
        drill = Optional.of(wanted);
    }

    private static String until(EvacuationOrder running) {
        return running.until().map(end -> "until " + end).orElse("");
    }

    private static TomboloException refused(EvacuationOrder wanted, String why) {
        return new TomboloException(
                Fault.DRILL_REFUSED,
                "drill of " + wanted.cluster(),
                "does not begin: " + why,
                "wait for its end, or end it: `tombolo failover drill --undo`, `tombolo evacuate --list`");
    }

    /** The drill that is in force. */
    public synchronized Optional<EvacuationOrder> drill(Instant now) {
        sweep(now);
        return drill;
    }

    /**
     * Ends the drill; what it was, if there was one.
     * @param since only the one that began then; empty = whichever it is
     */
    public synchronized Optional<EvacuationOrder> endDrill(Instant now, Optional<Instant> since) {
        Optional<EvacuationOrder> meant =
                drill(now).filter(running -> since.map(running.since()::equals).orElse(true));
        if (meant.isPresent()) {
            drill = Optional.empty();
        }
        return meant;
    }

    /** Forgets a drill whose time is over. */
    public synchronized void sweep(Instant now) {
        drill = drill.filter(running -> !running.over(now));
    }

    private synchronized Optional<EvacuationOrder> drill() {
        return drill;
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
        drill().ifPresent(running -> all.putIfAbsent(running.cluster(), running));
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
