package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.model.name.ServiceName;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps EndpointSlices for each import: where it is in each cluster. They are for who reads the MCS API. No node leads a program to
 * them, for behind them are proxies of the mesh, which take nothing from who is not in it.
 */
final class KubeSlices implements Following {
    private final KubernetesClient client;
    private final EndpointNews news;
    private final ImportView imports;
    private final Optional<String> leases;
    private final ApiWrites writes;
    private final SharedIndexInformer<EndpointSlice> slices;
    private final ApiFollower follower;
    private final Refused<String> refused = new Refused<>(Duration.ofSeconds(30), Duration.ofMinutes(5));
    private final Proven proven = new Proven();
    private boolean isRead;
    private final LeftOut leftOut = new LeftOut(
            "endpoints",
            "that cluster has more gateway addresses than go into the " + Slices.MOST_OF_ANOTHER_CLUSTER
                    + " EndpointSlices that an import has of another cluster; the others are in none. Calls by the mesh use all of them");

    /** A change that is to be made. @param name of the slice, with its namespace */
    private record Change(Order order, String name, Runnable request) {}

    /** All slices of an import, by name. */
    private record Wanted(GenericKubernetesResource owner, Map<String, Slice> slices) {}

    /** What is gone must not wait for what is new. */
    private enum Order {
        DELETE,
        UPDATE,
        CREATE
    }

    /**
     * Connects to nobody yet.
     * @param leases the namespace in which there is one of each cluster
     * @param writes how many slices may be written
     */
    KubeSlices(
            KubernetesClient client, EndpointNews news, ImportView imports, Optional<String> leases, ApiWrites writes) {
        this.follower = new ApiFollower("kubernetes-slices", this::sync, writes);
        this.client = client;
        this.news = news;
        this.imports = imports;
        this.leases = leases;
        this.writes = writes;
        imports.heardBy(follower);
        this.slices = follower.follow(client.discovery()
                .v1()
                .endpointSlices()
                .inAnyNamespace()
                .withLabel(Slice.MANAGED_BY, ImportObject.US)
                .withLimit(KubeExports.PAGE)
                .runnableInformer(0));
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    private boolean sync() {
        if (!isRead) {
            isRead = true;
            slices.getStore().list().forEach(this::wereReady);
        }
        Optional<EndpointNews.Known> known = news.endpoints();
        return known.isEmpty() || make(changes(known.get()));
    }

    private void wereReady(EndpointSlice object) {
        String cluster = object.getMetadata().getLabels().getOrDefault(MeshLabels.CLUSTER, "");
        proven.wereReady(cluster, Slice.ready(object));
    }

    private List<Change> changes(EndpointNews.Known known) {
        Map<ServiceName, GenericKubernetesResource> owners = imports.ours();
        Map<ServiceName, Wanted> wanted = wanted(known, owners);
        var changes = new ArrayList<Change>();
        for (EndpointSlice object : slices.getStore().list()) {
            Optional<ServiceName> service = service(object);
            Optional<Wanted> of = service.flatMap(name -> Optional.ofNullable(wanted.get(name)));
            Optional<Slice> slice = of.flatMap(one ->
                    Optional.ofNullable(one.slices().remove(object.getMetadata().getName())));
            if (MeshLabels.isGoing(object)) {
                continue;
            }
            if (of.isPresent() && slice.isPresent()) {
                GenericKubernetesResource owner = of.get().owner();
                if (!slice.get().isSaidBy(object, owner)) {
                    changes.add(new Change(
                            Order.UPDATE,
                            name(object),
                            () -> client.resource(slice.get().put(object, owner))
                                    .update()));
                }
            } else if (known.exports().complete()
                    || service.filter(owners::containsKey).isEmpty()) {
                // What is not wanted may only not have been read yet; an import that is gone is gone.
                changes.add(new Change(
                        Order.DELETE,
                        name(object),
                        () -> client.resource(object).delete()));
            }
        }
        wanted.values()
                .forEach(one -> one.slices()
                        .values()
                        .forEach(slice -> changes.add(new Change(
                                Order.CREATE,
                                slice.service().namespace() + "/" + slice.name(),
                                () -> make(slice, one.owner())))));
        return changes;
    }

    private static String name(EndpointSlice object) {
        return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
    }

    /** One of ours that lost its labels is not followed any more; it gets them back. */
    private void make(Slice slice, GenericKubernetesResource owner) {
        try {
            client.resource(slice.made(owner)).create();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            client
                    .discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace(slice.service().namespace())
                    .withField("metadata.name", slice.name())
                    .list()
                    .getItems()
                    .stream()
                    .filter(object -> MeshLabels.isOf(object, owner))
                    .forEach(object -> client.resource(slice.put(object, owner)).update());
        }
    }

    private Map<ServiceName, Wanted> wanted(
            EndpointNews.Known known, Map<ServiceName, GenericKubernetesResource> owners) {
        var all = new Slices(known, leases, proven.with(known.origins()));
        Map<ServiceName, Wanted> wanted = new HashMap<>();
        Map<String, Integer> left = new HashMap<>();
        for (SharedService shared : known.exports().services()) {
            ServiceName name = shared.service().service();
            Optional.ofNullable(owners.get(name)).ifPresent(owner -> {
                Slices.Made made = all.of(shared.service());
                wanted.put(name, new Wanted(owner, made.byName()));
                made.leftOut().forEach((cluster, count) -> left.put(name + " of " + cluster, count));
            });
        }
        leftOut.are(left.keySet(), left.values().stream().mapToInt(one -> one).sum());
        return wanted;
    }

    private static Optional<ServiceName> service(EndpointSlice object) {
        return ExportObject.name(
                object.getMetadata().getNamespace(),
                object.getMetadata().getLabels().getOrDefault(MeshLabels.SERVICE, ""));
    }

    /** As many as may be now; the others come with the looks that follow. What was refused waits, and is no reason for others to wait. */
    private boolean make(List<Change> changes) {
        refused.keepOnly(changes.stream().map(Change::name).collect(Collectors.toSet()));
        List<Change> due = changes.stream()
                .filter(change -> !refused.waits(change.name(), writes.nowNanos()))
                .sorted(Comparator.comparing((Change change) -> refused.has(change.name()))
                        .thenComparing(Change::order))
                .toList();
        boolean done = due.size() == changes.size();
        for (Change change : due) {
            done &= make(change);
        }
        return done;
    }

    private boolean make(Change change) {
        Answer answer = follower.asked(change.request());
        switch (answer) {
            case REFUSED -> refused.again(change.name(), writes.nowNanos());
            case DONE, OVERTAKEN, UNREACHABLE -> refused.over(change.name());
            case LATER -> {
                // What was said of it last time still holds.
            }
        }
        return answer.isWell();
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
