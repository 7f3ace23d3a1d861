package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says to other programs which cluster this is and of which federation, while it is a member: the ClusterProperties of KEP-2149. What
 * somebody else says there is left alone.
 */
final class KubeProperties implements Following {
    static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("about.k8s.io")
            .withVersion("v1alpha1")
            .withKind("ClusterProperty")
            .withPlural("clusterproperties")
            .withNamespaced(false)
            .build();

    static final String CLUSTER = "cluster.clusterset.k8s.io";
    static final String CLUSTER_SET = "clusterset.k8s.io";

    private static final Set<String> NAMES = Set.of(CLUSTER, CLUSTER_SET);

    private static final Logger LOG = LoggerFactory.getLogger(KubeProperties.class);

    private final KubernetesClient client;
    private final Supplier<Map<String, String>> properties;
    private final SharedIndexInformer<GenericKubernetesResource> objects;
    private final ApiFollower follower;
    private final Strangers<String> strangers = new Strangers<>();

    /** Connects to nobody yet. @param properties by name; none while this cluster is no member. Must not block */
    KubeProperties(KubernetesClient client, Supplier<Map<String, String>> properties, ApiWrites writes) {
        this.follower = new ApiFollower("kubernetes-properties", this::sync, writes);
        this.client = client;
        this.properties = properties;
        this.objects = follower.follow(client.genericKubernetesResources(KIND).runnableInformer(0));
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    private boolean sync() {
        Map<String, String> missing = new TreeMap<>(properties.get());
        Set<String> others = new TreeSet<>();
        boolean done = true;
        for (GenericKubernetesResource object : objects.getStore().list()) {
            String name = object.getMetadata().getName();
            if (!NAMES.contains(name)) {
                continue;
            }
            String wanted = missing.remove(name);
            boolean says = wanted != null && wanted.equals(object.get("spec", "value"));
            if (!ImportObject.isOurs(object)) {
                if (wanted != null && !says) {
                    others.add(name);
                }
            } else if (!says) {
                // It may not change while this cluster is a member: another one is made when this one is gone.
                done &= follower.deleted(object, () -> client.resource(object).delete());
            }
        }
        for (var property : missing.entrySet()) {
            done &= follower.did(
                    property.getKey(),
                    ApiFollower.NONE,
                    () -> client.resource(made(property.getKey(), property.getValue()))
                            .create());
        }
        tell(others);
        return done;
    }

    private static GenericKubernetesResource made(String name, String value) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion(KIND.getGroup() + "/" + KIND.getVersion())
                .withKind(KIND.getKind())
                .withNewMetadata()
                .withName(name)
                .addToLabels(ImportObject.MANAGED_BY, ImportObject.US)
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("value", value))
                .build();
    }

    private void tell(Set<String> others) {
        for (String name : strangers.newAmong(others)) {
            LOG.atWarn()
                    .addKeyValue("property", name)
                    .log(
                            "somebody else made this ClusterProperty and says something else than the federation does; it stays as it is: "
                                    + "delete it, and it is made anew");
        }
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
