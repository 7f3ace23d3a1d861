package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a ServiceImport for each service of the federation, in namespaces that are there: no namespace is made for them. */
final class KubeImports implements Following, ImportView {
    private static final Logger LOG = LoggerFactory.getLogger(KubeImports.class);

    private final KubernetesClient client;
    private final ImportNews news;
    private final StatusWriter statuses;
    private final SharedIndexInformer<GenericKubernetesResource> imports;
    private final SharedIndexInformer<Namespace> namespaces;
    private final Optional<GivenAddresses> given;
    private final ApiFollower follower;
    private final Map<ServiceName, Settled> settled = new HashMap<>();
    private final Strangers<ServiceName> strangers = new Strangers<>();
    private final Pruned pruned = new Pruned();
    private final Told prunedTold = new Told();
    private final InstantSource clock;

    /** An import that said what it should, and has not changed since; looking at it again would only cost time. */
    private record Settled(
            String version,
            SharedService shared,
            Optional<List<InetAddress>> addresses,
            Optional<AddressLimits.Limit> without) {}

    /** Connects to nobody yet. @param given the addresses of imports; empty = they have none */
    KubeImports(
            KubernetesClient client,
            ImportNews news,
            Optional<GivenAddresses> given,
            ApiWrites writes,
            InstantSource clock) {
        this.follower = new ApiFollower("kubernetes-imports", this::sync, writes);
        this.client = client;
        this.news = news;
        this.given = given;
        this.clock = clock;
        this.statuses = new StatusWriter(client, clock);
        this.imports = follower.follow(client.genericKubernetesResources(ImportObject.KIND)
                .inAnyNamespace()
                .withLimit(KubeExports.PAGE)
                .runnableInformer(0));
        this.namespaces =
                follower.follow(client.namespaces().withLimit(KubeExports.PAGE).runnableInformer(0));
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    private boolean sync() {
        Optional<ImportNews.Known> known = news.exported();
        if (known.isEmpty()) {
            return true;
        }
        Map<ServiceName, SharedService> wanted = wanted(known.get());
        settled.keySet().retainAll(wanted.keySet());
        settled.keySet().removeAll(pruned.forgotten(clock.instant()));
        pruned.keepOnly(wanted.keySet());
        Set<ServiceName> others = new HashSet<>();
        boolean done = true;
        for (GenericKubernetesResource object : imports.getStore().list()) {
            Optional<ServiceName> name = ExportObject.name(object);
            Optional<SharedService> shared = name.flatMap(one -> Optional.ofNullable(wanted.remove(one)));
            if (MeshLabels.isGoing(object)) {
                continue;
            }
            if (!ImportObject.isOurs(object)) {
                shared.flatMap(_ -> name).ifPresent(others::add);
            } else if (shared.isPresent()) {
                var now = new Settled(
                        object.getMetadata().getResourceVersion(),
                        shared.get(),
                        addresses(name.get()),
                        given.flatMap(all -> all.leftOut(name.get())));
                if (!now.equals(settled.get(name.get()))) {
                    done &= keep(name.get(), object, now);
                }
            } else if (known.get().complete()) {
                done &= follower.deleted(object, () -> client.resource(object).delete());
            }
        }
        for (var missing : wanted.entrySet()) {
            done &= follower.did(
                    missing.getKey().toString(), ApiFollower.NONE, () -> create(missing.getKey(), missing.getValue()));
        }
        tell(others);
        return done;
    }

    private void create(ServiceName name, SharedService shared) {
        client.resource(ImportObject.of(shared).made(name)).create();
    }

    /** Empty = not known yet. */
    private Optional<List<InetAddress>> addresses(ServiceName name) {
        return given.map(all -> all.of(name)).orElse(Optional.of(List.of()));
    }

    private Set<String> lastingNamespaces() {
        Set<String> there = new HashSet<>();
        for (Namespace namespace : namespaces.getStore().list()) {
            if (!MeshLabels.isGoing(namespace)) {
                there.add(namespace.getMetadata().getName());
            }
        }
        return there;
    }

    @Override
    public void heardBy(ApiFollower other) {
        other.hear(imports);
        other.hear(namespaces);
    }

    @Override
    public Map<ServiceName, GenericKubernetesResource> ours() {
        Set<String> there = lastingNamespaces();
        Map<ServiceName, GenericKubernetesResource> ours = new TreeMap<>();
        for (GenericKubernetesResource object : imports.getStore().list()) {
            boolean lasts = !MeshLabels.isGoing(object)
                    && there.contains(object.getMetadata().getNamespace());
            if (lasts && ImportObject.isOurs(object)) {
                ExportObject.name(object).ifPresent(name -> ours.put(name, object));
            }
        }
        return ours;
    }

    /** What is exported, in namespaces that stay. */
    private Map<ServiceName, SharedService> wanted(ImportNews.Known known) {
        Set<String> there = lastingNamespaces();
        Map<ServiceName, SharedService> wanted = new HashMap<>();
        for (SharedService shared : known.services()) {
            ServiceName name = shared.service().service();
            if (there.contains(name.namespace())) {
                wanted.put(name, shared);
            }
        }
        return wanted;
    }

    /** Where it is stays said until that is known. @return whether the API server did all that it was asked */
    private boolean keep(ServiceName name, GenericKubernetesResource object, Settled seen) {
        SharedService shared = seen.shared();
        ImportObject says = ImportObject.of(object);
        ImportObject should = ImportObject.of(shared)
                .at(seen.addresses()
                        .map(addresses -> ImportPlace.at(name, addresses))
                        .orElse(says.place()));
        if (!says.equals(should) && !pruned.has(name, should, says)) {
            // it comes again, with a number of its own that its status can name
            return follower.did(object, () -> put(name, object, should));
        }
        List<String> clusters = ImportStanding.clusters(shared);
        List<Condition> conditions =
                ImportStanding.conditions(name, !says.place().ips().isEmpty(), seen.without());
        ImportStanding now = ImportStanding.of(object);
        if (!now.says(clusters, conditions)) {
            return follower.did(
                    name + " status",
                    seen.version(),
                    () -> statuses.write(object, now.conditions(), conditions, ImportStanding.written(clusters)));
        }
        settled.put(name, seen);
        return true;
    }

    /** What the API server does not keep of it is remembered. */
    private void put(ServiceName name, GenericKubernetesResource object, ImportObject should) {
        ImportObject kept = ImportObject.of(written(object, should));
        if (kept.equals(should)) {
            return;
        }
        pruned.put(name, should, kept, clock.instant());
        String lost = String.join(", ", should.lostIn(kept));
        if (prunedTold.isNew(lost)) {
            LOG.atWarn()
                    .addKeyValue("service", name)
                    .addKeyValue("fields", lost)
                    .log(
                            "the API server does not keep these fields of a ServiceImport: its definition is older than they are. "
                                    + "Imports lack them until the newer one is there: kubectl apply -f deploy/kubernetes/crds.yaml");
        }
    }

    private GenericKubernetesResource written(GenericKubernetesResource object, ImportObject should) {
        try {
            return client.resource(saying(object, should)).update();
        } catch (KubernetesClientException refused) {
            if (!Answer.isInvalid(refused) || should.atOne().equals(should)) {
                throw refused;
            }
            return client.resource(saying(object, should.atOne())).update();
        }
    }

    private GenericKubernetesResource saying(GenericKubernetesResource object, ImportObject should) {
        GenericKubernetesResource next = client.getKubernetesSerialization().clone(object);
        should.put(next);
        return next;
    }

    /** Imports of the same name that somebody else made are left alone; said once for each. */
    private void tell(Set<ServiceName> others) {
        for (ServiceName name : strangers.newAmong(others)) {
            LOG.atWarn()
                    .addKeyValue("service", name)
                    .log(
                            "a ServiceImport of this name was made by somebody else and stays as it is: delete it, and it is made anew");
        }
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
