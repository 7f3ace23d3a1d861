package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.model.name.ClusterId;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps a Lease for each cluster of the federation, this one included: one renewal in each third of its duration, however many services
 * it exports. One of a cluster that is silent stays, and is over; one of a cluster that is no member goes.
 */
final class KubeLeases implements Following {
    private final KubernetesClient client;
    private final String namespace;
    private final EndpointNews news;
    private final SharedIndexInformer<Lease> leases;
    private final ApiFollower follower;

    /** Connects to nobody yet. */
    KubeLeases(KubernetesClient client, String namespace, EndpointNews news, ApiWrites writes) {
        this.follower = new ApiFollower("kubernetes-leases", this::sync, writes);
        this.client = client;
        this.namespace = namespace;
        this.news = news;
        this.leases = follower.follow(client.leases().inNamespace(namespace).runnableInformer(0));
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    private boolean sync() {
        Optional<EndpointNews.Known> known = news.endpoints();
        return known.isEmpty() || keep(known.get());
    }

    private boolean keep(EndpointNews.Known known) {
        Map<String, OriginLease> missing = new TreeMap<>();
        known.origins()
                .forEach((cluster, facts) ->
                        OriginLease.of(cluster, facts).ifPresent(lease -> missing.put(cluster.value(), lease)));
        boolean done = true;
        for (Lease object : leases.getStore().list()) {
            Optional<String> cluster = OriginLease.cluster(object);
            Optional<OriginLease> lease = cluster.map(missing::remove);
            if (lease.isPresent()) {
                done &= lease.get().isSaidBy(object)
                        || follower.did(
                                object,
                                () -> client.resource(lease.get().put(object)).update());
            } else if (known.exports().complete()
                    && ImportObject.isOurs(object)
                    && cluster.filter(name -> isGone(known, name)).isPresent()) {
                done &= follower.deleted(object, () -> client.resource(object).delete());
            }
        }
        for (var one : missing.entrySet()) {
            done &= follower.did(
                    one.getKey(),
                    ApiFollower.NONE,
                    () -> client.resource(one.getValue().made(namespace)).create());
        }
        return done;
    }

    private static boolean isGone(EndpointNews.Known known, String cluster) {
        return known.origins().keySet().stream().map(ClusterId::value).noneMatch(cluster::equals);
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
