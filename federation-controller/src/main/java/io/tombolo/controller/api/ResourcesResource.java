package io.tombolo.controller.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.failover.FederationPolicies;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.Spec;
import io.tombolo.controller.store.SpecDiff;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.Caller;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.model.name.Sni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resources: apply, get, delete. What is answered is on disk. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/resources")
public final class ResourcesResource {
    /** How long an answer waits for Kafka; with Kafka down it says {@code pending} after that. */
    private static final Duration ACK_PATIENCE = Duration.ofMillis(200);

    private final ResourceStore store;
    private final ClusterSettings settings;
    private final CurrentMembership membership;
    private final Changes changes;
    private final Callers callers;
    private final ResourceStatus statuses;
    private final ObjectMapper json;

    @Inject
    public ResourcesResource(
            ResourceStore store,
            ClusterSettings settings,
            CurrentMembership membership,
            Changes changes,
            Callers callers,
            FederatedLog log,
            Exporter exporter,
            FederationPolicies policies,
            ObjectMapper json) {
        this.store = store;
        this.settings = settings;
        this.membership = membership;
        this.changes = changes;
        this.callers = callers;
        this.statuses = new ResourceStatus(settings, log, exporter, policies);
        this.json = json;
    }

    /**
     * What became of one resource.
     * @param published {@code pending}, or the seq under which Kafka has it
     * @param changes   of a dry run: what would change, field by field
     * @param status    of a dry run: what would become of it as everything else is now
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Applied(
            String kind,
            String namespace,
            String name,
            String result,
            long generation,
            String published,
            @Nullable List<SpecDiff.Change> changes,
            @Nullable Status status) {
        Applied(ResourceStore.Change change, String published) {
            this(change, published, null, null);
        }

        Applied(
                ResourceStore.Change change,
                String published,
                @Nullable List<SpecDiff.Change> changes,
                @Nullable Status status) {
            this(
                    change.resource().key().kind().text(),
                    change.resource().key().name().namespace(),
                    change.resource().key().name().name(),
                    change.result().name().toLowerCase(Locale.ROOT),
                    change.resource().generation(),
                    published,
                    changes,
                    status);
        }
    }

    /** A resource as users write it; {@code status} is absent where there is nothing to say. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Shown(
            String apiVersion,
            String kind,
            Map<String, Object> metadata,
            JsonNode spec,
            @Nullable Status status) {}

    @POST
    @Consumes({"application/json", "application/yaml", "application/x-yaml", "text/yaml", "text/plain"})
    public List<Applied> apply(String body, @QueryParam("dryRun") @DefaultValue("false") boolean dryRun) {
        Caller caller = callers.current();
        List<ParsedResource> wanted = ResourceReader.read(body);
        wanted.forEach(resource -> {
            caller.mustOwn(resource.key().name().namespace(), "apply " + resource.key());
            checkNames(resource);
        });
        return dryRun ? wanted.stream().map(this::planned).toList() : applied(keep(caller, wanted));
    }

    private Applied planned(ParsedResource resource) {
        ResourceStore.Change change = store.plan(resource, "api", Instant.now());
        return new Applied(
                change, "", compared(resource), statuses.of(change.resource()).orElse(null));
    }

    /** One after the other, as far as it goes; what follows from them is computed once. */
    private List<ResourceStore.Change> keep(Caller caller, List<ParsedResource> wanted) {
        var kept = new ArrayList<ResourceStore.Change>(wanted.size());
        try {
            wanted.forEach(resource -> kept.add(kept(caller, resource, Instant.now())));
        } finally {
            if (!kept.isEmpty()) {
                changes.sync();
            }
        }
        return kept;
    }

    private ResourceStore.Change kept(Caller caller, ParsedResource resource, Instant now) {
        boolean isChange = store.plan(resource, "api", now).result() != ResourceStore.Result.UNCHANGED;
        return isChange
                ? changes.recorded(
                        caller, "resource.apply", resource.key().toString(), () -> store.put(resource, "api", now))
                : store.put(resource, "api", now);
    }

    private List<SpecDiff.Change> compared(ParsedResource wanted) {
        JsonNode before =
                store.find(wanted.key()).map(kept -> json(kept.specJson())).orElse(MissingNode.getInstance());
        return SpecDiff.of(before, json(wanted.specJson()));
    }

    private List<Applied> applied(List<ResourceStore.Change> kept) {
        long deadlineNanos = System.nanoTime() + ACK_PATIENCE.toNanos();
        return kept.stream()
                .map(change -> new Applied(change, published(change.resource().key(), deadlineNanos)))
                .toList();
    }

    private String published(ResourceKey key, long deadlineNanos) {
        Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()));
        return switch (key.kind()) {
            case SERVICE_EXPORT ->
                changes.publication(key.name()).map(p -> p.published(left)).orElse("pending");
            case FAILOVER_POLICY ->
                changes.policy(key.kind().text(), key.name())
                        .map(p -> p.published(left))
                        .orElse("");
            default -> "";
        };
    }

    /** @param namespace empty = of every namespace */
    @GET
    @Path("/{kind}")
    public List<Shown> list(
            @PathParam("kind") String kind, @QueryParam("namespace") @DefaultValue("") String namespace) {
        return store.list(ResourceKind.parse("kind", kind)).stream()
                .filter(resource ->
                        namespace.isEmpty() || resource.key().name().namespace().equals(namespace))
                .map(this::shown)
                .toList();
    }

    @GET
    @Path("/{kind}/{namespace}/{name}")
    public Shown get(
            @PathParam("kind") String kind, @PathParam("namespace") String namespace, @PathParam("name") String name) {
        ResourceKey key = key(kind, namespace, name);
        return store.find(key).map(this::shown).orElseThrow(() -> missing(key));
    }

    @DELETE
    @Path("/{kind}/{namespace}/{name}")
    public Applied delete(
            @PathParam("kind") String kind, @PathParam("namespace") String namespace, @PathParam("name") String name) {
        Caller caller = callers.current();
        ResourceKey key = key(kind, namespace, name);
        caller.mustOwn(namespace, "delete " + key);
        if (store.find(key).isEmpty()) {
            throw missing(key);
        }
        StoredResource gone = changes.recorded(
                caller,
                "resource.delete",
                key.toString(),
                () -> store.delete(key).orElseThrow(() -> missing(key)));
        changes.sync();
        return new Applied(key.kind().text(), namespace, name, "deleted", gone.generation(), "pending", null, null);
    }

    /** A name that would not fit into an SNI is refused here, not when somebody calls it. */
    private void checkNames(ParsedResource resource) {
        membership
                .active()
                .ifPresent(own -> portsOf(resource.spec()).forEach(port -> {
                    var _ = Sni.Service.any(
                            new ServicePort(resource.key().name(), port.port()), settings.cluster(), own.federation());
                }));
    }

    private static List<ExportedPort> portsOf(Spec spec) {
        return spec instanceof Spec.OfService service ? service.ports() : List.of();
    }

    private Shown shown(StoredResource resource) {
        ServiceName name = resource.key().name();
        Map<String, Object> metadata = Map.of(
                "namespace",
                name.namespace(),
                "name",
                name.name(),
                "generation",
                resource.generation(),
                "creationTimestamp",
                resource.createdAt().toString());
        ResourceKind kind = resource.key().kind();
        return new Shown(
                kind.apiVersion(),
                kind.text(),
                metadata,
                json(resource.specJson()),
                statuses.of(resource).orElse(null));
    }

    private JsonNode json(String spec) {
        try {
            return json.readTree(spec);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("stored as JSON", impossible);
        }
    }

    private static ResourceKey key(String kind, String namespace, String name) {
        return new ResourceKey(ResourceKind.parse("kind", kind), new ServiceName(namespace, name));
    }

    private static TomboloException missing(ResourceKey key) {
        return new TomboloException(
                Fault.NOT_FOUND,
                key.toString(),
                "does not exist",
                "see `tombolo get " + key.kind().text() + "`");
    }
}
