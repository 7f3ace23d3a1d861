package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes conditions into the status of objects where they differ from what is there. One thread's own; blocks. */
final class StatusWriter {
    private final KubernetesClient client;
    private final InstantSource clock;

    StatusWriter(KubernetesClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /** An object that changed meanwhile comes again by itself: what was to be said of it may not hold any more. */
    void write(GenericKubernetesResource object, ExportObject export, List<Condition> conditions) {
        if (export.says(conditions)) {
            return;
        }
        GenericKubernetesResource next = client.getKubernetesSerialization().clone(object);
        next.setAdditionalProperty("status", Map.of("conditions", written(export, conditions)));
        try {
            client.resource(next).updateStatus();
        } catch (KubernetesClientException failed) {
            boolean overtaken = failed.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || failed.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
            if (!overtaken) {
                throw failed;
            }
        }
    }

    private List<Map<String, Object>> written(ExportObject export, List<Condition> conditions) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var all = new ArrayList<Map<String, Object>>();
        for (Condition condition : conditions) {
            var one = new LinkedHashMap<String, Object>();
            one.put("type", condition.type());
            one.put("status", condition.status());
            one.put("reason", condition.reason());
            one.put("message", condition.message());
            one.put("observedGeneration", export.generation());
            one.put("lastTransitionTime", export.since(condition).orElse(now));
            all.add(one);
        }
        return all;
    }
}
