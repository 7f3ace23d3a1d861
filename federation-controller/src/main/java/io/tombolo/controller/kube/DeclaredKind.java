package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.tombolo.controller.store.ResourceKind;

/** A kind of resource that users also declare as objects of Kubernetes; exports have an API of their own there. */
enum DeclaredKind {
    AUTHORIZATION_POLICY(ResourceKind.AUTHORIZATION_POLICY, "tombolo.io/v1", "authorizationpolicies"),
    TRAFFIC_POLICY(ResourceKind.TRAFFIC_POLICY, "tombolo.io/v1", "trafficpolicies"),
    FAILOVER_POLICY(ResourceKind.FAILOVER_POLICY, "tombolo.io/v1", "failoverpolicies"),
    HTTP_ROUTE(ResourceKind.HTTP_ROUTE, "gateway.networking.k8s.io/v1", "httproutes"),
    GRPC_ROUTE(ResourceKind.GRPC_ROUTE, "gateway.networking.k8s.io/v1", "grpcroutes"),
    /** The version that every release of Gateway API has. */
    REFERENCE_GRANT(ResourceKind.REFERENCE_GRANT, "gateway.networking.k8s.io/v1beta1", "referencegrants");

    private final ResourceKind resource;
    private final String apiVersion;
    private final String plural;

    DeclaredKind(ResourceKind resource, String apiVersion, String plural) {
        this.resource = resource;
        this.apiVersion = apiVersion;
        this.plural = plural;
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
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }
}
