package io.tombolo.controller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;

/** What was refused, and what was done. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1")
public final class RefusalsResource {
    private final FederatedLog log;
    private final AuditTrail audit;

    @Inject
    public RefusalsResource(FederatedLog log, AuditTrail audit) {
        this.log = log;
        this.audit = audit;
    }

    /** Records of one origin that were refused for one reason. */
    public record Refused(String origin, String code, String name, long count, String text, String last) {}

    @GET
    @Path("/refusals")
    public List<Refused> refusals() {
        return log.feed()
                .map(feed -> feed.current().refusals().rows().stream()
                        .map(row -> new Refused(
                                row.origin(),
                                row.fault().code(),
                                row.fault().name(),
                                row.count(),
                                row.text(),
                                row.last().toString()))
                        .toList())
                .orElse(List.of());
    }

    @GET
    @Path("/audit")
    public List<AuditTrail.Entry> audit(@QueryParam("limit") @DefaultValue("100") int limit) {
        return audit.last(Math.clamp(limit, 1, AuditTrail.REMEMBERED));
    }
}
