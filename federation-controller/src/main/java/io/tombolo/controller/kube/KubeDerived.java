package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.name.ServiceName;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a derived Service for each import that is called by an address, and knows by it which address that is. */
final class KubeDerived implements Following {
    private static final Logger LOG = LoggerFactory.getLogger(KubeDerived.class);
    private static final int INVALID = 422;

    /** Looks of two seconds at least: what stands in the way of one of ours may have gone. */
    private static final int LOOKS_BETWEEN_TRIES = 15;

    private final KubernetesClient client;
    private final ImportView imports;
    private final GivenAddresses given;
    private final SharedIndexInformer<Service> services;
    private final ApiFollower follower = new ApiFollower("kubernetes-derived", this::sync);
    private final Map<ServiceName, Integer> strangers = new HashMap<>();
    private final Strangers<ServiceName> told = new Strangers<>();

    /** Connects to nobody yet. */
    KubeDerived(KubernetesClient client, ImportView imports, GivenAddresses given) {
        this.client = client;
        this.imports = imports;
        this.given = given;
        imports.heardBy(follower);
        this.services = follower.follow(client.services()
                .inAnyNamespace()
                .withLabel(ImportObject.MANAGED_BY, ImportObject.US)
                .withLabel(MeshLabels.SERVICE)
                .withLimit(KubeExports.PAGE)
                .runnableInformer(0));
    }

    /** Looks once, now. */
    void look() {
        follower.look();
    }

    private boolean sync() {
        Map<ServiceName, GenericKubernetesResource> missing = wanted();
        strangers.keySet().retainAll(missing.keySet());
        List<ServiceAddresses> known = new ArrayList<>();
        boolean done = true;
        for (Service object : services.getStore().list()) {
            Optional<ServiceName> of = derivedFrom(object);
            if (of.isEmpty()) {
                continue;
            }
            GenericKubernetesResource owner = missing.remove(of.get());
            if (owner == null || DerivedService.isBent(object)) {
                done &= follower.did(() -> client.resource(object).delete());
                known.addAll(owner == null ? List.of() : before(of.get()));
            } else {
                done &= follower.did(() -> keep(of.get(), owner, object));
                DerivedService.addresses(of.get(), object).ifPresent(known::add);
            }
        }
        for (var one : missing.entrySet()) {
            known.addAll(before(one.getKey()));
            done &= follower.did(() -> make(one.getKey(), one.getValue()));
        }
        given.are(known);
        tell();
        return done;
    }

    private Map<ServiceName, GenericKubernetesResource> wanted() {
        Map<ServiceName, GenericKubernetesResource> wanted = new TreeMap<>(imports.ours());
        wanted.values().removeIf(object -> ImportObject.of(object).isHeadless());
        return wanted;
    }

    /** Of which import it is; empty if it only looks like one of ours. */
    private static Optional<ServiceName> derivedFrom(Service object) {
        String namespace = object.getMetadata().getNamespace();
        String service = object.getMetadata().getLabels().getOrDefault(MeshLabels.SERVICE, "");
        return ExportObject.name(namespace, service)
                .filter(name -> DerivedName.of(name).equals(object.getMetadata().getName()));
    }

    /** What it had stays known while it is made anew: its callers go on. */
    private List<ServiceAddresses> before(ServiceName service) {
        List<InetAddress> addresses = given.of(service);
        return addresses.isEmpty() ? List.of() : List.of(new ServiceAddresses(service, addresses));
    }

    private void keep(ServiceName name, GenericKubernetesResource owner, Service object) {
        DerivedService should = DerivedService.of(name, ImportObject.of(owner));
        if (!should.isSaidBy(object, owner)) {
            client.resource(should.put(object, owner)).update();
        }
    }

    private void make(ServiceName name, GenericKubernetesResource owner) {
        if (strangers.merge(name, -1, Integer::sum) > 0) {
            return;
        }
        strangers.remove(name);
        ImportObject says = ImportObject.of(owner);
        DerivedService should = DerivedService.of(name, says);
        List<InetAddress> asked = given.everOf(name).isEmpty() ? said(says) : given.everOf(name);
        try {
            create(should, owner, asked);
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw refused;
            }
            there(name).ifPresent(object -> isInTheWay(name, should, owner, object));
        }
    }

    private void create(DerivedService should, GenericKubernetesResource owner, List<InetAddress> asked) {
        try {
            client.resource(should.made(owner, asked)).create();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != INVALID || asked.isEmpty()) {
                throw refused;
            }
            // Somebody else has its address by now, or it is none of this cluster's.
            client.resource(should.made(owner, List.of())).create();
        }
    }

    private static List<InetAddress> said(ImportObject says) {
        return says.place().ips().stream()
                .flatMap(text -> IpText.read(text).stream())
                .toList();
    }

    /** What has the name of a derived Service and is not followed, or not yet. */
    private Optional<Service> there(ServiceName name) {
        Stream<Service> found = client
                .services()
                .inNamespace(name.namespace())
                .withField("metadata.name", DerivedName.of(name))
                .list()
                .getItems()
                .stream();
        return found.findFirst();
    }

    /** One of ours that lost its labels gets them back; one of somebody else stays, and is asked for again later. */
    private void isInTheWay(ServiceName name, DerivedService should, GenericKubernetesResource owner, Service object) {
        if (MeshLabels.isOf(object, owner)) {
            client.resource(should.put(object, owner)).update();
        } else if (!ImportObject.isOurs(object)) {
            strangers.put(name, LOOKS_BETWEEN_TRIES);
        }
    }

    private void tell() {
        Set<ServiceName> now = new HashSet<>(strangers.keySet());
        for (ServiceName name : told.newAmong(now)) {
            LOG.atWarn()
                    .addKeyValue("service", name)
                    .addKeyValue("derived", DerivedName.of(name))
                    .log(
                            "a Service of the name that this import's addresses would be of was made by somebody else and stays as it "
                                    + "is: the import has no address. Delete it, and it is made anew");
        }
    }

    @Override
    public ApiFollower follower() {
        return follower;
    }
}
