package io.tombolo.controller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.catalog.merge.Merged;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.ServiceName;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The services that can be called from here, and what is known of them. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/services")
public final class ServicesResource {
    private final FederatedLog log;
    private final Exporter exporter;
    private final EndpointTable endpoints;
    private final ClusterSettings settings;

    @Inject
    public ServicesResource(FederatedLog log, Exporter exporter, EndpointTable endpoints, ClusterSettings settings) {
        this.log = log;
        this.exporter = exporter;
        this.endpoints = endpoints;
        this.settings = settings;
    }

    /** One port. */
    public record PortShown(int port, String name, String appProtocol) {
        static PortShown of(ExportedPort port) {
            return new PortShown(port.port(), port.name(), port.protocol().text());
        }
    }

    /**
     * One instance by its opaque id.
     * @param hostname by which it is known too; absent = by none
     */
    public record InstanceShown(String instance, @Nullable String hostname, String state, int weight, String zone) {
        static InstanceShown of(RosterEntry entry) {
            return new InstanceShown(
                    entry.instance().value(),
                    entry.hostname().map(InstanceHostname::label).orElse(null),
                    entry.state().name(),
                    entry.weight(),
                    entry.zone());
        }
    }

    /**
     * One cluster that has the service; {@code ready} and {@code total} absent = unknown.
     * @param capacityPerSecond requests that its ready instances say they take; absent = it says nothing
     * @param grantedPerSecond  how many of them this cluster may plan with; absent = it says nothing, 0 = none
     */
    public record SourceShown(
            String cluster,
            @Nullable Integer ready,
            @Nullable Integer total,
            @Nullable Long capacityPerSecond,
            @Nullable Long grantedPerSecond,
            String freshness,
            boolean local,
            List<Integer> ports,
            List<String> serverIds,
            List<InstanceShown> instances) {}

    /** What a user must know. */
    public record Condition(String type, String status, String reason, String message) {}

    /** One service. */
    public record ServiceShown(
            String namespace,
            String name,
            List<PortShown> ports,
            boolean exported,
            List<SourceShown> clusters,
            List<Condition> conditions) {}

    @GET
    public List<ServiceShown> list(@QueryParam("namespace") @Nullable String namespace) {
        return all().stream()
                .filter(service -> namespace == null || service.namespace().equals(namespace))
                .toList();
    }

    @GET
    @Path("/{namespace}/{name}")
    public ServiceShown get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        var wanted = new ServiceName(namespace, name);
        return all().stream()
                .filter(service ->
                        service.namespace().equals(namespace) && service.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new TomboloException(
                        Fault.NOT_FOUND, "service " + wanted, "is not known here", "see `tombolo services`"));
    }

    private List<ServiceShown> all() {
        Optional<CatalogView> view = log.feed().map(CatalogFeed::current);
        var shown = new ArrayList<ServiceShown>();
        var seen = new TreeSet<ServiceName>();
        log.imports().map(Imports::all).orElse(List.of()).forEach(service -> {
            seen.add(service.service());
            shown.add(shown(service, view));
        });
        exporter.current().all().stream()
                .filter(service -> seen.add(service.name()))
                .forEach(service -> shown.add(waiting(service)));
        return shown;
    }

    private ServiceShown shown(ImportedService service, Optional<CatalogView> view) {
        Optional<LocalService> local = exporter.current().find(service.service());
        return new ServiceShown(
                service.service().namespace(),
                service.service().name(),
                service.ports().stream().map(PortShown::of).toList(),
                local.flatMap(LocalService::export).isPresent(),
                service.sources().stream().map(source -> source(source, view)).toList(),
                Stream.concat(conditions(service, view).stream(), local.stream().flatMap(this::conditions))
                        .toList());
    }

    private Stream<Condition> conditions(LocalService here) {
        return Stream.concat(EndpointStatus.of(here, endpoints).stream(), HostnameStatus.of(here).stream());
    }

    /** Declared here, but nobody said which ports it has. */
    private ServiceShown waiting(LocalService service) {
        String message = service.ports().isEmpty()
                ? "spec.ports: not given, and no sidecar offers " + service.name() + "; start one with `tombolo sidecar"
                        + " run --service " + service.name() + "`, or name the ports. Nothing is published until then"
                : "this cluster is in no federation; run `tombolo join`";
        return new ServiceShown(
                service.name().namespace(),
                service.name().name(),
                service.ports().stream().map(PortShown::of).toList(),
                service.export().isPresent(),
                List.of(),
                List.of(new Condition("Published", "False", "NotYet", message)));
    }

    private SourceShown source(Source source, Optional<CatalogView> view) {
        boolean local = source.cluster().equals(settings.cluster());
        Optional<ServiceHealth> health = source.health();
        Optional<Long> capacity = health.map(ServiceHealth::capacityPerSecond).filter(perSecond -> perSecond > 0);
        return new SourceShown(
                source.cluster().value(),
                health.map(ServiceHealth::ready).orElse(null),
                health.map(ServiceHealth::total).orElse(null),
                capacity.orElse(null),
                capacity.map(_ -> source.grantedPerSecond()).orElse(null),
                local ? "FRESH" : freshness(source.cluster(), view),
                local,
                source.ports().stream().sorted().toList(),
                source.serverIds().stream().map(Object::toString).sorted().toList(),
                health.map(h -> h.roster().stream().map(InstanceShown::of).toList())
                        .orElse(List.of()));
    }

    private static String freshness(ClusterId cluster, Optional<CatalogView> view) {
        return view.flatMap(v -> v.origin(cluster))
                .flatMap(OriginView::age)
                .map(age -> age.freshness().name())
                .orElse("UNKNOWN");
    }

    private static List<Condition> conditions(ImportedService service, Optional<CatalogView> view) {
        Optional<Merged> merged = view.flatMap(v -> v.merged(service.service()));
        if (service.withdrawnAt().isPresent()) {
            return List.of(new Condition(
                    "Withdrawn",
                    "True",
                    "NobodyExports",
                    "withdrawn at " + service.withdrawnAt().get()));
        }
        return merged.filter(m -> !m.conflicts().isEmpty())
                .map(m -> List.of(new Condition(
                        "Conflict",
                        "True",
                        m.conditionReason(),
                        String.join(
                                "; ",
                                m.conflicts().stream()
                                        .map(c -> c.loser() + ": " + c.detail())
                                        .toList()))))
                .orElse(List.of());
    }
}
