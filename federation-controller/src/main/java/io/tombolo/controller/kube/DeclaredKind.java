package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.controller.store.ResourceKind;
import java.util.Locale;

/** A kind of resource that users also declare as objects of Kubernetes; exports have an API of their own there. */
enum DeclaredKind {
    AUTHORIZATION_POLICY(ResourceKind.AUTHORIZATION_POLICY),
    TRAFFIC_POLICY(ResourceKind.TRAFFIC_POLICY),
    FAILOVER_POLICY(ResourceKind.FAILOVER_POLICY),
    HTTP_ROUTE(ResourceKind.HTTP_ROUTE),
    GRPC_ROUTE(ResourceKind.GRPC_ROUTE),
    /** In the version that every release of Gateway API has. */
    REFERENCE_GRANT(ResourceKind.REFERENCE_GRANT, "gateway.networking.k8s.io/v1beta1");

    private final ResourceKind resource;
    private final String apiVersion;

    DeclaredKind(ResourceKind resource) {
        this(resource, resource.apiVersion());
    }

    DeclaredKind(ResourceKind resource, String apiVersion) {
        this.resource = resource;
        this.apiVersion = apiVersion;
    }

    ResourceKind resource() {
        return resource;
    }

    /** As the objects have it. */
    String apiVersion() {
        return apiVersion;
    }

    /** Routes are bound to services, and say at each of them what became of them (GEP-1324); policies say it once. */
    boolean isRoute() {
        return this == HTTP_ROUTE || this == GRPC_ROUTE;
    }

    /** A grant is used by others' routes, which say so. */
    boolean hasStatus() {
        return this != REFERENCE_GRANT;
    }

    ResourceDefinitionContext context() {
        String[] parts = apiVersion.split("/", 2);
        return new ResourceDefinitionContext.Builder()
                .withGroup(parts[0])
                .withVersion(parts[1])
                .withKind(resource.text())
                .withPlural(resource.plural().toLowerCase(Locale.ROOT))
                .withNamespaced(true)
                .build();
    }
}
