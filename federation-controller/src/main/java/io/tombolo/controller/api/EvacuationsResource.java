package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.failover.Evacuations;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.failover.Simulation;
import io.tombolo.controller.join.Federation;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.routing.EvacuationOrder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Orders that traffic leaves a cluster. They need nothing of that cluster: it may be dead. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/evacuations")
public final class EvacuationsResource {
    private static final int ALL = 100;
    private static final String PENDING = "pending";
    private static final Duration ACK_PATIENCE = Duration.ofMillis(200);

    private final FederatedLog log;
    private final Evacuations evacuations;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public EvacuationsResource(FederatedLog log, Evacuations evacuations, Changes changes, Callers callers) {
        this.log = log;
        this.evacuations = evacuations;
        this.changes = changes;
        this.callers = callers;
    }

    /** A wish. {@code percent} is 100 and {@code overMillis} 60000 if they are not there. */
    public record Wish(
            @Nullable String cluster,
            @Nullable Integer percent,
            @Nullable Long overMillis) {}

    /**
     * An order. {@code here}: given here; else by an authority.
     * @param nowPercent how much is kept away already
     * @param published  of one given here: {@code pending}, or the seq under which Kafka has it
     */
    public record OrderShown(
            String cluster,
            int percent,
            long overMillis,
            String since,
            int nowPercent,
            boolean here,
            @Nullable String published) {}

    /**
     * What an order does.
     * @param scope     {@code federation}: every member goes by it; {@code cluster}: only this one, which is no authority
     * @param published {@code pending}, or the seq under which Kafka has it: nobody else can know of it before
     * @param nothing   services that nobody is left to answer for once it is carried out
     */
    public record Given(OrderShown order, String scope, String published, List<String> nothing) {}

    /** What was taken back. */
    public record Undone(String cluster) {}

    @GET
    public List<OrderShown> list() {
        Instant now = Instant.now();
        List<EvacuationOrder> own = evacuations.own();
        // One's own is there also while the stronger one of another authority counts: it stays until it is undone here.
        Stream<EvacuationOrder> others = evacuations.counting(known().targets().view()).stream()
                .filter(order -> !order.drill() && !own.contains(order));
        return Stream.concat(
                        own.stream().map(order -> shown(order, now, published(order, Duration.ZERO))),
                        others.map(order -> shown(order, now, null)))
                .toList();
    }

    @POST
    public Given give(Wish wish) {
        callers.current().mustOperate("evacuate a cluster");
        var cluster = new ClusterId(required("cluster", required(wish).cluster()));
        int percent = wish.percent() == null ? ALL : wish.percent();
        Duration over = Duration.ofMillis(wish.overMillis() == null ? 60_000 : wish.overMillis());
        Known known = known();
        if (known.targets().view().members().member(cluster).isEmpty()) {
            throw new TomboloException(Fault.NOT_FOUND, "cluster " + cluster, "is no member", "see `tombolo clusters`");
        }
        var order = new EvacuationOrder(cluster, percent, over, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        changes.recorded(callers.current(), "cluster.evacuate", cluster + " " + percent + " %", () -> {
            evacuations.give(order);
            return order;
        });
        boolean written = changes.syncOrLater();
        boolean authority = known.targets()
                .view()
                .members()
                .authorities()
                .contains(known.targets().own());
        List<String> nothing = percent == ALL
                ? Simulation.of(known).leftWithNothing(Simulation.Change.down(Set.of(cluster)))
                : List.of();
        String published = written ? published(order, ACK_PATIENCE) : PENDING;
        return new Given(
                shown(order, Instant.now(), published), authority ? "federation" : "cluster", published, nothing);
    }

    @DELETE
    @Path("/{cluster}")
    public Undone undo(@PathParam("cluster") String name) {
        callers.current().mustOperate("undo an evacuation");
        var cluster = new ClusterId(name);
        boolean there = changes.recorded(
                callers.current(), "cluster.evacuate.undo", cluster.value(), () -> evacuations.undo(cluster));
        if (!there) {
            throw new TomboloException(
                    Fault.NOT_FOUND,
                    "evacuation of " + cluster,
                    "was not ordered here",
                    "`tombolo evacuate --list` shows which are in force; undo it where it was ordered");
        }
        var _ = changes.syncOrLater();
        return new Undone(cluster.value());
    }

    private Known known() {
        return log.known().orElseThrow(() -> Federation.notJoined("evacuations"));
    }

    private String published(EvacuationOrder order, Duration patience) {
        return changes.evacuation(order)
                .map(record -> record.published(patience))
                .orElse(PENDING);
    }

    private static OrderShown shown(EvacuationOrder order, Instant now, @Nullable String published) {
        return new OrderShown(
                order.cluster().value(),
                order.percent(),
                order.over().toMillis(),
                order.since().toString(),
                (int) Math.round(order.part(now) * ALL),
                published != null,
                published);
    }
}
