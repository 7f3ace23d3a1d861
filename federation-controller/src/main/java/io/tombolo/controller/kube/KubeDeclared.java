package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.fault.TomboloException;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps this cluster's policies, routes and grants of one kind equal to the objects of its API server, and says in each what became of
 * it. One that cannot be read counts as the last version that could: what a user mistypes must not open a door.
 */
final class KubeDeclared implements AutoCloseable {
    private final DeclaredKind kind;
    private final ResourceStore store;
    private final DeclaredNews news;
    private final StatusWriter statuses;
    private final SharedIndexInformer<GenericKubernetesResource> objects;
    private final ApiFollower follower;

    /** Connects to nobody yet. */
    KubeDeclared(
            DeclaredKind kind, KubernetesClient client, ResourceStore store, DeclaredNews news, InstantSource clock) {
        this.kind = kind;
        this.store = store;
        this.news = news;
        this.statuses = new StatusWriter(client, clock);
        this.follower = new ApiFollower("kubernetes-" + kind.context().getPlural(), this::sync);
        this.objects = follower.follow(client.genericKubernetesResources(kind.context())
                .inAnyNamespace()
                .withLimit(KubeExports.PAGE)
                .runnableInformer(0));
    }

    void start() {
        follower.start();
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    /** @return whether every status says what it should */
    private boolean sync() {
        boolean said = true;
        var there = new HashSet<ResourceKey>();
        for (GenericKubernetesResource listed : objects.getStore().list()) {
            DeclaredObject object = DeclaredObject.of(listed);
            DeclaredReading reading = DeclaredReading.of(kind, object);
            Optional<ResourceKey> key = object.name().map(name -> new ResourceKey(kind.resource(), name));
            if (!(reading instanceof DeclaredReading.NotOurs)) {
                key.ifPresent(there::add);
            }
            said &= say(listed, object, outcome(object, reading, key));
        }
        store.list(kind.resource()).stream()
                .filter(kept -> kept.source().equals(KubeExports.SOURCE) && !there.contains(kept.key()))
                .forEach(kept -> store.delete(kept.key()));
        return said;
    }

    /** What is to be said of it, at each place where it is said. */
    private List<List<Condition>> outcome(DeclaredObject object, DeclaredReading reading, Optional<ResourceKey> key) {
        return switch (reading) {
            case DeclaredReading.NotOurs() -> List.of();
            case DeclaredReading.Valid(ParsedResource wanted) -> kept(object, wanted);
            case DeclaredReading.Invalid(String why) ->
                everywhere(object, Condition.fails("Accepted", invalid(), why + standing(key)));
        };
    }

    private List<List<Condition>> kept(DeclaredObject object, ParsedResource wanted) {
        try {
            StoredResource kept = KubeStore.keep(store, wanted, object.createdAt());
            return news.conditions(kept);
        } catch (TomboloException failed) {
            String why = failed.getMessage() + " It is tried again." + standing(Optional.of(wanted.key()));
            return everywhere(object, Condition.fails("Accepted", "Pending", why));
        }
    }

    private String invalid() {
        return kind.isRoute() ? "UnsupportedValue" : "Invalid";
    }

    private String standing(Optional<ResourceKey> key) {
        return key.flatMap(store::find).isPresent() ? "; the version before is still in use" : "; it is not in use";
    }

    private List<List<Condition>> everywhere(DeclaredObject object, Condition condition) {
        return Collections.nCopies(kind.isRoute() ? object.parents().size() : 1, List.of(condition));
    }

    private boolean say(GenericKubernetesResource listed, DeclaredObject object, List<List<Condition>> conditions) {
        if (!kind.hasStatus()) {
            return true;
        }
        Optional<Map<String, Object>> status = conditions.isEmpty()
                ? DeclaredStatus.withdrawn(object)
                : DeclaredStatus.of(kind, object, conditions, statuses.now());
        return follower.did(() -> status.ifPresent(next -> statuses.write(listed, next)));
    }

    @Override
    public void close() {
        follower.close();
    }
}
