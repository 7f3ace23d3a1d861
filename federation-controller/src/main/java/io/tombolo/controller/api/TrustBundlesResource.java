package io.tombolo.controller.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.view.OriginView;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.subscribe.CatalogFeed;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

/** The members' roots as this cluster holds them, for peers outside the mesh. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/trust-bundles")
public final class TrustBundlesResource {
    private final FederatedLog log;

    @Inject
    public TrustBundlesResource(FederatedLog log) {
        this.log = log;
    }

    /** @param jwks the bundle itself, as text (SPIFFE Trust Domain and Bundle §4) */
    public record BundleShown(String cluster, String trustDomain, long sequence, String jwks) {}

    @GET
    @Path("/{cluster}")
    public BundleShown get(@PathParam("cluster") String name) {
        var cluster = new ClusterId(name);
        CatalogFeed feed = log.feed().orElseThrow(() -> Federation.notJoined("trust bundles"));
        Payload.Bundle bundle = feed.current()
                .origin(cluster)
                .flatMap(OriginView::bundle)
                .orElseThrow(() -> new TomboloException(
                        Fault.NOT_FOUND,
                        "trust bundle of " + cluster,
                        "is not known here",
                        "see `tombolo clusters`: it has to be an admitted member whose records were read"));
        return new BundleShown(
                cluster.value(),
                bundle.trustDomain().name(),
                bundle.sequence(),
                bundle.jwks().toStringUtf8());
    }
}
