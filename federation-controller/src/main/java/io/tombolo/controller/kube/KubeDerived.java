package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a derived Service for each import that is called by an address, and knows by it which address that is. */
final class KubeDerived implements Following {
    private static final Logger LOG = LoggerFactory.getLogger(KubeDerived.class);
    private final KubernetesClient client;
    private final ImportView imports;
    private final GivenAddresses given;
    private final SharedIndexInformer<Service> services;
    private final ApiFollower follower;
    private final DerivedBounds bounds;
    private final MakesDerived making;
    private final ApiWrites writes;
    private final Refused<ServiceName> refused = new Refused<>(Duration.ofSeconds(30), Duration.ofMinutes(5));
    private final Set<ServiceName> strangers = new HashSet<>();
    private final Strangers<ServiceName> told = new Strangers<>();
    private Map<ServiceName, Owner> owners = Map.of();

    /** Connects to nobody yet. */
    KubeDerived(
            KubernetesClient client, ImportView imports, GivenAddresses given, AddressLimits limits, ApiWrites writes) {
        this.follower = new ApiFollower("kubernetes-derived", this::sync, writes);
        this.bounds = new DerivedBounds(limits);
        this.client = client;
        this.making = new MakesDerived(client);
        this.writes = writes;
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
        Map<ServiceName, Owner> wanted = wanted();
        Map<ServiceName, Service> there = there();
        Map<ServiceName, AddressLimits.Limit> without = bounds.without(wanted, ports(there));
        wanted.keySet().removeAll(without.keySet());
        Map<ServiceName, Owner> missing = new TreeMap<>(wanted);
        List<ServiceAddresses> known = new ArrayList<>();
        boolean done = true;
        missing.keySet().removeAll(there.keySet());
        for (var one : there.entrySet()) {
            done &= keep(one.getKey(), Optional.ofNullable(wanted.get(one.getKey())), one.getValue(), known);
        }
        refused.keepOnly(missing.keySet());
        strangers.retainAll(missing.keySet());
        for (var one : missing.entrySet()) {
            done &= make(one.getKey(), one.getValue(), known);
        }
        given.are(known, wanted.keySet(), without);
        tell();
        return done;
    }

    /** One of which no port is called would be a Service without ports, which the API server does not make. */
    private Map<ServiceName, Owner> wanted() {
        Map<ServiceName, Owner> wanted = new TreeMap<>();
        imports.ours().forEach((name, object) -> wanted.put(name, owner(name, object)));
        owners = Map.copyOf(wanted);
        wanted.values().removeIf(owner -> owner.says().isHeadless() || owner.ports() == 0);
        return wanted;
    }

    /** An object that did not change is not read again. */
    private Owner owner(ServiceName name, GenericKubernetesResource object) {
        Owner before = owners.get(name);
        return before != null && before.object() == object ? before : Owner.of(object);
    }

    private Map<ServiceName, Service> there() {
        Map<ServiceName, Service> there = new TreeMap<>();
        for (Service object : services.getStore().list()) {
            DerivedService.derivedFrom(object).ifPresent(name -> there.put(name, object));
        }
        return there;
    }

    private static Map<ServiceName, Integer> ports(Map<ServiceName, Service> there) {
        Map<ServiceName, Integer> ports = new HashMap<>();
        there.forEach(
                (name, object) -> ports.put(name, object.getSpec().getPorts().size()));
        return ports;
    }

    /** @param known gets its address, unless it leads, or led, to somewhere */
    private boolean keep(ServiceName name, Optional<Owner> owner, Service object, Collection<ServiceAddresses> known) {
        boolean stays = owner.isPresent() && !DerivedService.isBent(object);
        if (stays) {
            DerivedService.addresses(name, object).ifPresent(known::add);
        }
        if (MeshLabels.isGoing(object)) {
            return true;
        }
        if (!stays) {
            return follower.deleted(object, () -> client.resource(object).delete());
        }
        DerivedService should = DerivedService.of(name, owner.get().says());
        return should.isSaidBy(object, owner.get().object())
                || follower.did(
                        object,
                        () -> client.resource(should.put(object, owner.get().object()))
                                .update());
    }

    /**
     * What the API server does not let it have, or is not yet asked for, it has no more: another Service may get the address that it had.
     * @param known gets the address that it is given; the one that it had where the API server cannot be asked
     */
    private boolean make(ServiceName name, Owner owner, Collection<ServiceAddresses> known) {
        if (refused.waits(name, writes.nowNanos())) {
            return strangers.contains(name);
        }
        List<Service> made = new ArrayList<>();
        Answer answer = follower.asked(
                () -> making.make(name, owner, given.lastOf(name)).ifPresent(made::add));
        if (answer == Answer.UNREACHABLE) {
            known.addAll(before(name));
        }
        made.stream()
                .filter(object -> !DerivedService.isBent(object))
                .forEach(object -> DerivedService.addresses(name, object).ifPresent(known::add));
        if (answer != Answer.LATER) {
            remember(name, answer, made.isEmpty());
        }
        return answer.isWell();
    }

    private void remember(ServiceName name, Answer answer, boolean nothing) {
        boolean isInTheWay = answer == Answer.DONE && nothing;
        if (isInTheWay) {
            strangers.add(name);
        } else {
            strangers.remove(name);
        }
        if (isInTheWay || answer == Answer.REFUSED) {
            refused.again(name, writes.nowNanos());
        } else {
            refused.over(name);
        }
    }

    private List<ServiceAddresses> before(ServiceName service) {
        List<InetAddress> addresses = given.of(service).orElse(List.of());
        return addresses.isEmpty() ? List.of() : List.of(new ServiceAddresses(service, addresses));
    }

    private void tell() {
        for (ServiceName name : told.newAmong(strangers)) {
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
