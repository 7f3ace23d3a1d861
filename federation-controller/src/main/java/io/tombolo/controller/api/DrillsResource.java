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
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rehearsed deaths of clusters: this cluster's own calls leave at once, as if it had died, and come back as after a death. A drill
 * ends by itself, with a restart of this controller too, so that whoever began it may vanish.
 */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/drills")
public final class DrillsResource {
    private final FederatedLog log;
    private final Evacuations evacuations;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public DrillsResource(FederatedLog log, Evacuations evacuations, Changes changes, Callers callers) {
        this.log = log;
        this.evacuations = evacuations;
        this.changes = changes;
        this.callers = callers;
    }

    /** A wish. {@code forMillis} is how long the cluster counts as dead. */
    public record Wish(@Nullable String cluster, @Nullable Long forMillis) {}

    /** @param nothing services that nobody is left to answer for meanwhile; only in the answer that begins it */
    public record DrillShown(String cluster, String since, String until, List<String> nothing) {}

    /** What was ended; empty if there was no drill. */
    public record Ended(List<String> clusters) {}

    @GET
    public List<DrillShown> list() {
        return evacuations.drill(Instant.now()).stream()
                .map(drill -> shown(drill, List.of()))
                .toList();
    }

    @POST
    public DrillShown begin(Wish wish) {
        callers.current().mustOperate("begin a drill");
        var cluster = new ClusterId(required("cluster", required(wish).cluster()));
        Duration time = Duration.ofMillis(required("forMillis", wish.forMillis()));
        Known known = log.known().orElseThrow(() -> Federation.notJoined("drills"));
        if (known.targets().view().members().member(cluster).isEmpty()) {
            throw new TomboloException(Fault.NOT_FOUND, "cluster " + cluster, "is no member", "see `tombolo clusters`");
        }
        var drill = EvacuationOrder.drill(cluster, Instant.now().truncatedTo(ChronoUnit.MILLIS), time);
        changes.recorded(callers.current(), "failover.drill", cluster + " " + time.toMillis() + " ms", () -> {
            evacuations.begin(drill, known.targets().view());
            return drill;
        });
        changes.sync();
        return shown(drill, Simulation.of(known).leftWithNothing(Simulation.Change.down(Set.of(cluster))));
    }

    /**
     * Ends the drill, if there is one.
     * @param since only the one that began then, as the answer that began it says; empty = whichever it is
     */
    @DELETE
    public Ended end(@QueryParam("since") @DefaultValue("") String since) {
        callers.current().mustOperate("end a drill");
        Optional<Instant> meant = since.isEmpty() ? Optional.empty() : Optional.of(instant(since));
        List<String> ended = changes.recorded(
                callers.current(),
                "failover.drill.undo",
                "",
                () -> evacuations
                        .endDrill(Instant.now(), meant)
                        .map(drill -> List.of(drill.cluster().value()))
                        .orElse(List.of()));
        changes.sync();
        return new Ended(ended);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE, "since = " + text, "is no time", "write such as 2026-12-01T10:00:00Z");
        }
    }

    private static DrillShown shown(EvacuationOrder drill, List<String> nothing) {
        return new DrillShown(
                drill.cluster().value(),
                drill.since().toString(),
                drill.until().orElseThrow().toString(),
                nothing);
    }
}
