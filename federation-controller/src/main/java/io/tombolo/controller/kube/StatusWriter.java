package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes the status of objects. One thread's own; blocks. */
final class StatusWriter {
    private final KubernetesClient client;
    private final InstantSource clock;

    StatusWriter(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Writes these conditions, and what else the status has.
     * @param now  what its conditions are
     * @param rest of the status
     */
    void write(GenericKubernetesResource object, Conditions now, List<Condition> conditions, Map<String, Object> rest) {
        var status = new TreeMap<String, Object>(rest);
        status.put("conditions", now.saying(conditions, now()));
        write(object, status);
    }

    /** This moment, as conditions have it (RFC 3339). */
    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Writes the whole status. */
    void write(GenericKubernetesResource object, Map<String, Object> status) {
        GenericKubernetesResource next = client.getKubernetesSerialization().clone(object);
        next.setAdditionalProperty("status", status);
        client.resource(next).updateStatus();
    }

    /** An object that changed meanwhile comes again by itself: what was to be said of it may not hold any more. */
    static boolean overtaken(KubernetesClientException failed) {
        return failed.getCode() == HttpURLConnection.HTTP_CONFLICT
                || failed.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
    }
}
