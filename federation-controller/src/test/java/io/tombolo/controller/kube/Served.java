package io.tombolo.controller.kube;

import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/** What the mock API server has to know of a kind, to keep its objects as the real one does. */
final class Served {
    private Served() {}

    static CustomResourceDefinitionContext kind(ResourceDefinitionContext kind) {
        return new CustomResourceDefinitionContext.Builder()
                .withGroup(kind.getGroup())
                .withVersion(kind.getVersion())
                .withKind(kind.getKind())
                .withPlural(kind.getPlural())
                .withScope(kind.isNamespaceScoped() ? "Namespaced" : "Cluster")
                .withStatusSubresource(true)
                .build();
    }
}
