package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.tombolo.model.name.ClusterId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * By what others can tell whether a cluster is alive: its last pulse, and how long that counts.
 * @param duration whole seconds, at least one
 * @param renewed  when the last pulse came
 */
record OriginLease(ClusterId cluster, int duration, Instant renewed) {
    private static final String PREFIX = "tombolo-origin-";

    /** Of a renewal in each third of its duration at most two are missed before it is over. */
    private static final int RENEWALS = 3;

    /** Empty while no pulse came. */
    static Optional<OriginLease> of(ClusterId cluster, OriginFacts facts) {
        Duration lease = facts.lease();
        return facts.pulse()
                .map(at -> new OriginLease(
                        cluster, (int) Math.max(1, lease.toSeconds()), at.truncatedTo(ChronoUnit.MILLIS)));
    }

    static String name(ClusterId cluster) {
        return PREFIX + cluster;
    }

    /** Empty if it is the lease of something else. */
    static Optional<String> cluster(Lease object) {
        String name = object.getMetadata().getName();
        return name.startsWith(PREFIX) ? Optional.of(name.substring(PREFIX.length())) : Optional.empty();
    }

    /** Whether an object says so well enough. */
    boolean isSaidBy(Lease object) {
        var spec = object.getSpec();
        return ImportObject.isOurs(object)
                && spec != null
                && cluster.value().equals(spec.getHolderIdentity())
                && Integer.valueOf(duration).equals(spec.getLeaseDurationSeconds())
                && spec.getRenewTime() != null
                && Duration.between(spec.getRenewTime().toInstant(), renewed).toMillis() < duration * 1_000L / RENEWALS;
    }

    /** A new one. */
    Lease made(String namespace) {
        return put(new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name(cluster))
                .endMetadata()
                .withNewSpec()
                .withAcquireTime(renewed.atZone(ZoneOffset.UTC))
                .endSpec()
                .build());
    }

    /** The same object saying this. */
    Lease put(Lease now) {
        return new LeaseBuilder(now)
                .editMetadata()
                .addToLabels(ImportObject.MANAGED_BY, ImportObject.US)
                .addToLabels(MeshLabels.CLUSTER, cluster.value())
                .endMetadata()
                .editOrNewSpec()
                .withHolderIdentity(cluster.value())
                .withLeaseDurationSeconds(duration)
                .withRenewTime(renewed.atZone(ZoneOffset.UTC))
                .endSpec()
                .build();
    }
}
