package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * An import that something is made from.
 * @param says what the object says, read once
 */
record Owner(GenericKubernetesResource object, ImportObject says) {
    static Owner of(GenericKubernetesResource object) {
        return new Owner(object, ImportObject.of(object));
    }

    /** Ports that calls go to. */
    int ports() {
        return ImportObject.Port.carried(says.ports()).size();
    }
}
