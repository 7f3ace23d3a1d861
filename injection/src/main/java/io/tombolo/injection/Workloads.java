package io.tombolo.injection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Where pods are in manifests. */
public final class Workloads {
    private static final String TEMPLATE = "/spec/template";
    private static final Map<String, String> PODS = Map.of(
            "Pod", "",
            "Deployment", TEMPLATE,
            "StatefulSet", TEMPLATE,
            "DaemonSet", TEMPLATE,
            "ReplicaSet", TEMPLATE,
            "ReplicationController", TEMPLATE,
            "Job", TEMPLATE,
            "CronJob", "/spec/jobTemplate/spec/template");

    private Workloads() {}

    /** The Service that a StatefulSet's pods are named below, each after itself; empty for other objects, whose pods say it. */
    public static Optional<String> governing(ObjectNode object) {
        return object.path("kind").asText().equals("StatefulSet")
                ? Optional.of(object.at("/spec/serviceName").asText(""))
                : Optional.empty();
    }

    /** The JSON pointer of the pod, or its template, in an object; empty for objects that make no pods. */
    public static Optional<String> pod(ObjectNode object) {
        return Optional.ofNullable(PODS.get(object.path("kind").asText()))
                .filter(pointer -> object.at(pointer).path("spec").isObject());
    }
}
