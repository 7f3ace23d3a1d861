package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.model.fault.TomboloException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps this cluster's policies, routes and grants of one kind equal to the objects of its API server, and says in each what became of
 * it. One that cannot be read counts as the last version that could: what a user mistypes must not open a door.
 */
final class KubeDeclared implements Following {
    private static final Logger LOG = LoggerFactory.getLogger(KubeDeclared.class);

    private final DeclaredKind kind;
    private final ResourceStore store;
    private final DeclaredNews news;
    private final StatusWriter statuses;
    private final SharedIndexInformer<GenericKubernetesResource> objects;
    private final ApiFollower follower;
    private final Told unreadable = new Told();
    private Map<String, Read> reads = Map.of();

    /** What an object was in one of its versions; reading it again would only cost time. */
    private record Read(String version, DeclaredObject object, DeclaredReading reading) {}

    /** @param conditions what is to be said of it, at each place where it is said */
    private record Outcome(GenericKubernetesResource listed, DeclaredObject object, List<List<Condition>> conditions) {}

    /** Connects to nobody yet. */
    KubeDeclared(
            DeclaredKind kind,
            KubernetesClient client,
            ResourceStore store,
            DeclaredNews news,
            ApiWrites writes,
            InstantSource clock) {
        this.kind = kind;
        this.store = store;
        this.news = news;
        this.statuses = new StatusWriter(client, clock);
        this.follower = new ApiFollower("kubernetes-" + kind.context().getPlural(), this::sync, writes);
        this.objects = follower.follow(client.genericKubernetesResources(kind.context())
                .inAnyNamespace()
                .withLimit(KubeExports.PAGE)
                .runnableInformer(0));
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    /** First everything counts, and then it is told: a status waits for the API server. */
    private boolean sync() {
        boolean done = true;
        var there = new HashSet<ResourceKey>();
        var outcomes = new ArrayList<Outcome>();
        var current = new HashMap<String, Read>();
        for (GenericKubernetesResource listed : objects.getStore().list()) {
            done &= guarded(() -> {
                outcomes.add(outcome(listed, there, current));
                return true;
            });
        }
        reads = current;
        for (ResourceKey gone : gone(there)) {
            done &= guarded(() -> {
                store.delete(gone);
                return true;
            });
        }
        for (Outcome outcome : outcomes) {
            done &= guarded(() -> say(outcome));
        }
        return done;
    }

    /** What is wrong with one is its own trouble, and nobody else's. */
    private boolean guarded(BooleanSupplier change) {
        try {
            return change.getAsBoolean();
        } catch (RuntimeException failed) {
            follower.troubled(failed);
            return false;
        }
    }

    private List<ResourceKey> gone(Set<ResourceKey> there) {
        return store.list(kind.resource()).stream()
                .filter(kept -> kept.source().equals(KubeExports.SOURCE) && !there.contains(kept.key()))
                .map(kept -> kept.key())
                .toList();
    }

    /** Also adds to {@code there} what stays, and to {@code current} what was read. */
    private Outcome outcome(GenericKubernetesResource listed, Set<ResourceKey> there, Map<String, Read> current) {
        Optional<ResourceKey> key = ExportObject.name(listed).map(name -> new ResourceKey(kind.resource(), name));
        key.ifPresent(there::add); // until it is read: what cannot be read is not known to be gone
        Read read = read(listed);
        current.put(listed.getMetadata().getUid(), read);
        if (!stays(read.reading())) {
            key.ifPresent(there::remove);
        }
        return new Outcome(listed, read.object(), conditions(read.object(), read.reading(), key));
    }

    private Read read(GenericKubernetesResource listed) {
        String version = listed.getMetadata().getResourceVersion();
        Optional<Read> before = Optional.ofNullable(
                        reads.get(listed.getMetadata().getUid()))
                .filter(read -> read.version().equals(version));
        if (before.isPresent()) {
            return before.get();
        }
        DeclaredObject object = DeclaredObject.of(kind, listed);
        return new Read(version, object, DeclaredReading.of(kind, object));
    }

    /** A grant opens a door: one that cannot be read opens none. */
    private boolean stays(DeclaredReading reading) {
        return switch (reading) {
            case DeclaredReading.Valid _ -> true;
            case DeclaredReading.Invalid _ -> kind != DeclaredKind.REFERENCE_GRANT;
            case DeclaredReading.NotOurs _ -> false;
        };
    }

    private List<List<Condition>> conditions(
            DeclaredObject object, DeclaredReading reading, Optional<ResourceKey> key) {
        return switch (reading) {
            case DeclaredReading.NotOurs() -> List.of();
            case DeclaredReading.Valid(ParsedResource wanted) -> kept(object, wanted);
            case DeclaredReading.Invalid(String why) -> invalid(object, why, key);
        };
    }

    private List<List<Condition>> invalid(DeclaredObject object, String why, Optional<ResourceKey> key) {
        if (!kind.hasStatus() && unreadable.isNew(object.name() + why)) {
            LOG.atWarn()
                    .addKeyValue("kind", kind.resource().text())
                    .addKeyValue("name", key.map(ResourceKey::toString).orElse("?"))
                    .addKeyValue("fault", why)
                    .log("an object that cannot be read is not in use");
        }
        String reason = kind.isRoute() ? "UnsupportedValue" : "Invalid";
        return everywhere(object, Condition.fails("Accepted", reason, why + standing(key)));
    }

    private List<List<Condition>> kept(DeclaredObject object, ParsedResource wanted) {
        try {
            return news.conditions(store.take(wanted, KubeExports.SOURCE, object.createdAt()));
        } catch (TomboloException failed) {
            String why = failed.what() + "; it is tried again" + standing(Optional.of(wanted.key()));
            return everywhere(object, Condition.fails("Accepted", "Pending", why));
        }
    }

    private String standing(Optional<ResourceKey> key) {
        return key.flatMap(store::find).isPresent()
                ? "; what was in use under this name before still is"
                : "; it is not in use";
    }

    private List<List<Condition>> everywhere(DeclaredObject object, Condition condition) {
        return Collections.nCopies(kind.isRoute() ? object.parents().size() : 1, List.of(condition));
    }

    private boolean say(Outcome outcome) {
        if (!kind.hasStatus()) {
            return true;
        }
        Optional<Map<String, Object>> status = outcome.conditions().isEmpty()
                ? DeclaredStatus.withdrawn(outcome.object())
                : DeclaredStatus.of(kind, outcome.object(), outcome.conditions(), statuses.now());
        return status.map(next -> follower.did(outcome.listed(), () -> statuses.write(outcome.listed(), next)))
                .orElse(true);
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
