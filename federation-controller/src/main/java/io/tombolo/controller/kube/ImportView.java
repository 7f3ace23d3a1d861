package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.tombolo.model.name.ServiceName;
import java.util.Map;

/** The imports that this controller made, as the API server has them: what is made from them goes by these. */
interface ImportView {
    /** That follower looks when they change, and not before all of them were read. Before it is started. */
    void heardBy(ApiFollower other);

    /** Those that stay. */
    Map<ServiceName, GenericKubernetesResource> ours();
}
