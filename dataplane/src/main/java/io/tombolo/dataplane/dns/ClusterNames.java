package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Names as a whole cluster has them: a service has the addresses that the cluster's network knows it at, a headless one those of its
 * ready instances here. Instances elsewhere have no address that leads anywhere from here.
 */
public final class ClusterNames implements Directory {
    /** As long as an answer may be remembered. */
    private static final int TURN_SECONDS = 5;

    private final CurrentConfig config;
    private final InstantSource clock;

    public ClusterNames(CurrentConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
    }

    @Override
    public boolean isKnown() {
        return config.get().own().isPresent();
    }

    @Override
    public long serial() {
        return config.get().version();
    }

    @Override
    public boolean hasNamespace(String namespace) {
        return config.get().hasNamespace(namespace);
    }

    @Override
    public CompletableFuture<Known> look(ServiceName service) {
        ProxyConfig now = config.get();
        return CompletableFuture.completedFuture(
                now.imported(service).map(found -> known(found, now)).orElse(new Known.Nothing()));
    }

    private Known known(ImportedService service, ProxyConfig now) {
        if (service.type() != ServiceType.HEADLESS) {
            return new Known.Whole(service.ports(), now.clusterAddresses(service.service()));
        }
        List<Known.Host> hosts = new ArrayList<>(now.local(service.service()).stream()
                .filter(instance -> instance.state() == InstanceState.READY)
                .flatMap(instance -> host(instance, now).stream())
                .toList());
        turn(hosts);
        return new Known.Instances(service.ports(), hosts, mayHaveMore(service));
    }

    /** Answers have room for some: others for those who ask in the next seconds, and the same for all who ask in these. */
    private void turn(List<Known.Host> hosts) {
        Collections.rotate(hosts, -(int) Math.floorMod(
                clock.instant().getEpochSecond() / TURN_SECONDS * ServiceAnswers.MOST_HOSTS,
                Math.max(1, hosts.size())));
    }

    /** The instance's id is its name: unique, given by the system, and a label (§2.1). */
    private static Optional<Known.Host> host(LocalInstance instance, ProxyConfig now) {
        List<InetAddress> addresses = instance.addresses().stream()
                .flatMap(address -> literal(address.host()))
                .distinct()
                .toList();
        return addresses.isEmpty()
                ? Optional.empty()
                : now.own().map(own -> new Known.Host(instance.instance().value(), own.cluster(), addresses));
    }

    /** Whether somebody is ready, or nobody said that nobody is. */
    private static boolean mayHaveMore(ImportedService service) {
        return service.sources().isEmpty()
                || service.sources().stream()
                        .anyMatch(source -> source.health()
                                .map(health -> health.ready() > 0)
                                .orElse(true));
    }

    /** What an instance says of itself leads nobody to his own machine, or to what only that machine's link has. */
    private static Stream<InetAddress> literal(String host) {
        try {
            return Stream.of(InetAddress.ofLiteral(host))
                    .filter(address -> AddressRules.STRICT.refusal(address).isEmpty());
        } catch (IllegalArgumentException name) {
            return Stream.empty();
        }
    }
}
