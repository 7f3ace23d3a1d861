package io.tombolo.controller.api;

import io.tombolo.controller.identity.ClusterSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** Which program answers. */
@Singleton
@Path("/api/v1/version")
public final class VersionResource {
    private final ClusterSettings cluster;

    @Inject
    public VersionResource(ClusterSettings cluster) {
        this.cluster = cluster;
    }

    /** The program's version and its cluster. */
    public record Version(String version, String cluster) {}

    @GET
    public Version get() {
        @Nullable String version = VersionResource.class.getPackage().getImplementationVersion();
        return new Version(
                version == null ? "development" : version, cluster.cluster().value());
    }
}
