package io.tombolo.controller.enrol;

import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** Who a pod is, by the token that its cluster gave it. Any thread; blocks. */
@FunctionalInterface
public interface Pods {
    /** Of a controller that follows no Kubernetes cluster. */
    Pods NONE = token -> {
        throw new TomboloException(
                Fault.WORKLOAD_TOKEN_REFUSED,
                "enrolment of a pod",
                "this controller follows no Kubernetes cluster",
                "set controller.kubernetes.in-cluster or controller.kubernetes.config-file, or enrol with a workload token");
    };

    /**
     * A pod.
     * @param role of its service account, never what it says itself
     * @param uid  its own for ever
     */
    record Pod(ProxyRole role, String uid) {}

    /** @throws TomboloException WORKLOAD_TOKEN_REFUSED, RESERVED_IDENTITY, KUBERNETES_UNREACHABLE */
    Pod of(String serviceAccountToken);
}
