package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.net.HttpURLConnection;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The record as a Lease (coordination.k8s.io/v1): its holder leads, annotations say the rest. A write names the resourceVersion that
 * it replaces, so that of two only one succeeds; nothing depends on its times, which are for people.
 */
public final class LeaderLease implements LeaderRecord {
    /** Of the Lease, and of the StatefulSet whose pods take part. */
    public static final String NAME = "tombolo-controller";

    private static final String IN_STEP = "tombolo.io/in-step";
    private static final String ADDRESS = "address.tombolo.io/";

    /** The leader renews it three times as often. */
    static final int DURATION_SECONDS = 30;

    private final KubernetesClient client;
    private final String namespace;
    private final InstantSource clock;

    /** Connects to nobody yet. @param namespace where the controller runs */
    public LeaderLease(KubeSettings settings, String namespace) {
        this(settings.impatientClient(), namespace, InstantSource.system());
    }

    LeaderLease(KubernetesClient client, String namespace, InstantSource clock) {
        this.client = client;
        this.namespace = namespace;
        this.clock = clock;
    }

    @Override
    public Optional<Held> read() {
        try {
            return Optional.ofNullable(client.leases()
                            .inNamespace(namespace)
                            .withName(NAME)
                            .get())
                    .map(LeaderLease::held);
        } catch (KubernetesClientException failed) {
            throw unreachable(failed);
        }
    }

    @Override
    public Optional<Held> write(Optional<Held> known, LeaderClaim next) {
        Lease lease = lease(known, next);
        try {
            return Optional.of(held(
                    known.isPresent()
                            ? client.resource(lease).update()
                            : client.resource(lease).create()));
        } catch (KubernetesClientException failed) {
            return switch (failed.getCode()) {
                case HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> Optional.empty();
                default -> throw unreachable(failed);
            };
        }
    }

    private Lease lease(Optional<Held> known, LeaderClaim next) {
        ZonedDateTime now = clock.instant().truncatedTo(ChronoUnit.MILLIS).atZone(ZoneOffset.UTC);
        Map<String, String> annotations = new HashMap<>();
        annotations.put(IN_STEP, next.inStep().orElse(""));
        next.addresses().forEach((what, where) -> annotations.put(ADDRESS + what, where));
        return new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(NAME)
                .withResourceVersion(known.map(Held::version).orElse(null))
                .addToLabels(ImportObject.MANAGED_BY, ImportObject.US)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(next.leader())
                .withLeaseTransitions(next.transitions())
                .withLeaseDurationSeconds(DURATION_SECONDS)
                .withRenewTime(now)
                .endSpec()
                .build();
    }

    private static Held held(Lease lease) {
        Map<String, String> annotations =
                Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.of());
        Map<String, String> addresses = new HashMap<>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(ADDRESS)) {
                addresses.put(name.substring(ADDRESS.length()), value);
            }
        });
        var spec = lease.getSpec();
        return new Held(
                new LeaderClaim(
                        spec == null ? "" : Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
                        Optional.ofNullable(annotations.get(IN_STEP)).filter(name -> !name.isEmpty()),
                        addresses,
                        spec == null ? 0 : Objects.requireNonNullElse(spec.getLeaseTransitions(), 0)),
                String.valueOf(lease.getMetadata().getResourceVersion()));
    }

    private static TomboloException unreachable(KubernetesClientException failed) {
        String what = failed.getCode() == HttpURLConnection.HTTP_FORBIDDEN
                ? "does not let this controller read and write the lease " + NAME
                : "does not answer: " + failed.getMessage();
        return new TomboloException(
                Fault.KUBERNETES_UNREACHABLE,
                "the Kubernetes API",
                what,
                "it is tried again by itself; its account needs get, create and update of leases",
                failed);
    }

    @Override
    public void close() {
        client.close();
    }
}
