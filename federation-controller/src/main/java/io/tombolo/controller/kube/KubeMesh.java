package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Tells proxies of this Kubernetes cluster, in a ConfigMap, where their controller is and by which key of its CA they know it. Both
 * are public: whoever may write there could lead new proxies to a controller of their own, as whoever may change pods can.
 */
final class KubeMesh implements Following {
    static final String NAME = "tombolo-mesh";
    static final String CONTROLLER = "controller";
    static final String CA_PIN = "ca-pin";

    private final KubernetesClient client;
    private final String namespace;
    private final Supplier<Map<String, String>> facts;
    private final SharedIndexInformer<ConfigMap> maps;
    private final ApiFollower follower;

    /** Connects to nobody yet. @param facts what the ConfigMap says; must not block */
    KubeMesh(KubernetesClient client, String namespace, Supplier<Map<String, String>> facts, ApiWrites writes) {
        this.follower = new ApiFollower("kubernetes-mesh", this::sync, writes);
        this.client = client;
        this.namespace = namespace;
        this.facts = facts;
        this.maps = follower.follow(
                client.configMaps().inNamespace(namespace).withName(NAME).runnableInformer(0));
    }

    private boolean sync() {
        Map<String, String> said = facts.get();
        List<ConfigMap> there = maps.getStore().list();
        if (there.isEmpty()) {
            return follower.did(
                    NAME,
                    ApiFollower.NONE,
                    () -> client.resource(saying(new ConfigMapBuilder(), said)).create());
        }
        ConfigMap now = there.getFirst();
        return said.equals(now.getData())
                || follower.did(
                        now,
                        () -> client.resource(saying(new ConfigMapBuilder(now), said))
                                .update());
    }

    private ConfigMap saying(ConfigMapBuilder map, Map<String, String> said) {
        return map.editOrNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .addToLabels(ImportObject.MANAGED_BY, ImportObject.US)
                .endMetadata()
                .withData(said)
                .build();
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
