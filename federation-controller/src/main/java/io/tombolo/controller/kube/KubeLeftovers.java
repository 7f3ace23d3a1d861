package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where imports have no addresses any more: deletes, once, the derived Services, slices and leases of the time when they had some. Who
 * never had some need not have the rights for that, so that their lack is no trouble.
 */
final class KubeLeftovers implements Following {
    private static final Logger LOG = LoggerFactory.getLogger(KubeLeftovers.class);

    private final KubernetesClient client;
    private final Optional<String> namespace;
    private final ApiFollower follower;
    private boolean isOver;

    /** Connects to nobody yet. @param namespace where leases were */
    KubeLeftovers(KubernetesClient client, Optional<String> namespace, ApiWrites writes) {
        this.follower = new ApiFollower("kubernetes-leftovers", this::sync, writes);
        this.client = client;
        this.namespace = namespace;
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    private boolean sync() {
        if (!isOver) {
            List<Supplier<Stream<? extends HasMetadata>>> kinds = List.of(this::services, this::slices, this::leases);
            isOver = kinds.stream().map(this::areGone).reduce(true, Boolean::logicalAnd);
        }
        return isOver;
    }

    private boolean areGone(Supplier<Stream<? extends HasMetadata>> ours) {
        try {
            return ours.get().toList().stream()
                    .map(object -> follower.asked(() -> client.resource(object).delete()))
                    .map(answer -> answer != Answer.UNREACHABLE && answer != Answer.LATER)
                    .reduce(true, Boolean::logicalAnd);
        } catch (KubernetesClientException failed) {
            if (Answer.of(failed) == Answer.UNREACHABLE) {
                follower.troubled(failed);
                return false;
            }
            LOG.atDebug()
                    .addKeyValue("fault", failed.getMessage())
                    .log("what imports had addresses by cannot be looked for; it stays, if there is any");
            return true;
        }
    }

    private Stream<? extends HasMetadata> services() {
        return client
                .services()
                .inAnyNamespace()
                .withLabel(ImportObject.MANAGED_BY, ImportObject.US)
                .withLabel(MeshLabels.SERVICE)
                .list()
                .getItems()
                .stream()
                .filter(object -> DerivedService.derivedFrom(object).isPresent());
    }

    private Stream<? extends HasMetadata> slices() {
        return client
                .discovery()
                .v1()
                .endpointSlices()
                .inAnyNamespace()
                .withLabel(Slice.MANAGED_BY, ImportObject.US)
                .list()
                .getItems()
                .stream();
    }

    private Stream<? extends HasMetadata> leases() {
        return namespace.stream()
                .flatMap(name -> client
                        .leases()
                        .inNamespace(name)
                        .withLabel(ImportObject.MANAGED_BY, ImportObject.US)
                        .list()
                        .getItems()
                        .stream())
                .filter(object -> OriginLease.cluster(object).isPresent());
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
