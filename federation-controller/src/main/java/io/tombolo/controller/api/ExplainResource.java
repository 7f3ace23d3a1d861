package io.tombolo.controller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.catalog.view.CatalogView;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.failover.Known;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a workload's call goes where it goes: the same decision that sidecars make, with what the controller knows. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/explain")
public final class ExplainResource {
    private final FederatedLog log;
    private final ClusterSettings settings;
    private final Exporter exporter;
    private final Decisions decisions;
    private final History history;

    @Inject
    public ExplainResource(
            FederatedLog log, ClusterSettings settings, Exporter exporter, Decisions decisions, History history) {
        this.log = log;
        this.settings = settings;
        this.exporter = exporter;
        this.decisions = decisions;
        this.history = history;
    }

    /** One step of the walk. {@code result}: ok, refused or unknown. */
    public record Step(String step, String text, String result) {}

    /**
     * One cluster that could answer; what is absent is not known.
     * @param tier     of the policy; {@code -} if it is in none
     * @param path     {@code -} for this cluster itself
     * @param capacity requests per second that it says it takes
     * @param granted  requests per second of it that this cluster may plan with
     * @param reason   why it gets what it gets
     */
    public record CandidateShown(
            String cluster,
            String tier,
            @Nullable Integer ready,
            @Nullable Integer total,
            String freshness,
            String path,
            @Nullable Integer rttMicros,
            @Nullable Long capacity,
            @Nullable Long granted,
            double share,
            String reason) {}

    /** The answer. */
    public record Explanation(List<Step> steps, List<CandidateShown> candidates) {}

    /**
     * Explains with the shares that are in force for the whole cluster; a sidecar that sees more acts on that.
     * @param from   the caller's cluster; of another one: what this cluster makes of its call
     * @param at     a time such as {@code 2026-12-01T10:00:00Z}: also where calls went then, as far as that is remembered
     * @param method for what policies look at, and so {@code path} and {@code header}, which is {@code name=value}
     */
    @GET
    public Explanation explain(
            @QueryParam("namespace") @DefaultValue("default") String namespace,
            @QueryParam("account") @DefaultValue("") String account,
            @QueryParam("service") @DefaultValue("") String service,
            @QueryParam("port") @DefaultValue("0") int port,
            @QueryParam("from") @DefaultValue("") String from,
            @QueryParam("method") @DefaultValue("GET") String method,
            @QueryParam("path") @DefaultValue("/") String path,
            @QueryParam("header") List<String> header,
            @QueryParam("at") @DefaultValue("") String at) {
        Known known = log.known().orElseThrow(() -> Federation.notJoined("explain"));
        Imports imports = log.imports().orElseThrow(() -> Federation.notJoined("explain"));
        ClusterId callers = from.isEmpty() ? settings.cluster() : new ClusterId(from);
        var explainer = new Explainer(
                settings.cluster(),
                known,
                imports::visibleTo,
                imports.exported(),
                exporter.current(),
                decisions::of,
                history::at);
        return explainer.of(new Explainer.Call(
                new ProxyRole.Workload(namespace, account)
                        .idIn(trustDomain(known.targets().view(), callers)),
                namespace,
                callers,
                ServiceName.parse(service, namespace),
                port,
                new ExplainedAuthorization.Described(method, path, header),
                at.isEmpty() ? Optional.empty() : Optional.of(instant(at))));
    }

    private static Instant instant(String at) {
        try {
            return Instant.parse(at);
        } catch (DateTimeParseException malformed) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE, "at = " + at, "is no time", "write such as 2026-12-01T10:00:00Z");
        }
    }

    private static TrustDomain trustDomain(CatalogView view, ClusterId cluster) {
        return view.members()
                .member(cluster)
                .orElseThrow(() -> new TomboloException(
                        Fault.NOT_FOUND, "cluster " + cluster, "is no member", "see `tombolo clusters`"))
                .trustDomain();
    }
}
