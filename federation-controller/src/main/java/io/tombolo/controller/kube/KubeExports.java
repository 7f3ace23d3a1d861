package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps the exports of this cluster equal to the ServiceExports of its API server, and says in each what became of it. */
final class KubeExports implements Following {
    /** What resources from here have as their source. */
    static final String SOURCE = "kubernetes";

    /** List requests ask for so many objects at once. */
    static final long PAGE = 500;

    private final ResourceStore store;
    private final ExportNews news;
    private final StatusWriter statuses;
    private final SharedIndexInformer<GenericKubernetesResource> exports;
    private final SharedIndexInformer<Service> services;
    private final ApiFollower follower;

    /** Connects to nobody yet. */
    KubeExports(KubernetesClient client, ResourceStore store, ExportNews news, ApiWrites writes, InstantSource clock) {
        this.follower = new ApiFollower("kubernetes-exports", this::sync, writes);
        this.store = store;
        this.news = news;
        this.statuses = new StatusWriter(client, clock);
        this.exports = follower.follow(client.genericKubernetesResources(ExportObject.KIND)
                .inAnyNamespace()
                .withLimit(PAGE)
                .runnableInformer(0));
        this.services = follower.follow(
                client.services().inAnyNamespace().withLimit(PAGE).runnableInformer(0));
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    /** @return whether every status says what it should */
    private boolean sync() {
        boolean said = true;
        Map<ServiceName, Service> byName = new HashMap<>();
        services.getStore()
                .list()
                .forEach(service -> ExportObject.name(service).ifPresent(name -> byName.put(name, service)));
        Map<ResourceKey, ExportReading> readings = new HashMap<>();
        for (GenericKubernetesResource object : exports.getStore().list()) {
            ExportObject export = ExportObject.of(object);
            ExportReading reading = kept(export, export.name().map(byName::get));
            export.name().ifPresent(name -> readings.put(key(name), reading));
            said &= say(object, export, reading);
        }
        store.list(ResourceKind.SERVICE_EXPORT).stream()
                .filter(kept -> kept.source().equals(SOURCE))
                .filter(kept ->
                        readings.getOrDefault(kept.key(), ExportReading.NO_NAME) instanceof ExportReading.Invalid)
                .forEach(kept -> store.delete(kept.key()));
        return said;
    }

    /** What one cannot keep is its own trouble, and nobody else's. */
    private ExportReading kept(ExportObject export, Optional<Service> service) {
        ExportReading reading = ExportReading.of(export, service);
        if (reading instanceof ExportReading.Valid(ParsedResource resource, List<String> leftOut)) {
            try {
                var _ = store.take(resource, SOURCE, export.createdAt());
            } catch (TomboloException failed) {
                return new ExportReading.NotKept(leftOut, String.valueOf(failed.getMessage()));
            }
        }
        return reading;
    }

    private boolean say(GenericKubernetesResource object, ExportObject export, ExportReading reading) {
        Optional<ResourceKey> key = export.name().map(KubeExports::key);
        List<Condition> conditions =
                ExportStanding.of(reading, key.flatMap(news::published), key.flatMap(news::conflict));
        if (export.conditions().say(conditions)) {
            return true;
        }
        return follower.did(object, () -> statuses.write(object, export.conditions(), conditions, Map.of()));
    }

    private static ResourceKey key(ServiceName name) {
        return new ResourceKey(ResourceKind.SERVICE_EXPORT, name);
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
