package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.dns.ZoneName.Below;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.AddressRules;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.InstanceHostname;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Names as a whole cluster has them: a service has the addresses that the cluster's network knows it at, a headless one those of its
 * ready instances here. Instances elsewhere have no address that leads anywhere from here.
 */
public final class ClusterNames implements Directory {
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
    public CompletableFuture<Known> look(ServiceName service, Below asked) {
        ProxyConfig now = config.get();
        return CompletableFuture.completedFuture(
                now.imported(service).map(found -> known(found, now)).orElse(new Known.Nothing()));
    }

    private Known known(ImportedService service, ProxyConfig now) {
        if (service.type() != ServiceType.HEADLESS) {
            return new Known.Whole(service.ports(), now.clusterAddresses(service.service()));
        }
        Set<InstanceHostname> own = NamedInstance.hostnames(now, service.service());
        List<Known.Host> hosts = now.local(service.service()).stream()
                .filter(instance -> instance.state() == InstanceState.READY)
                .flatMap(instance -> host(instance, now, own).stream())
                .toList();
        return new Known.Instances(
                service.ports(),
                Turn.of(hosts, ServiceAnswers.MOST_HOSTS, clock.instant()),
                HeadlessInstances.mayHaveMore(service));
    }

    /** The instance's id is always a name of it: unique, given by the system, and a label (§2.1). */
    private static Optional<Known.Host> host(LocalInstance instance, ProxyConfig now, Set<InstanceHostname> named) {
        List<InetAddress> addresses = instance.addresses().stream()
                .flatMap(address -> literal(address.host()))
                .distinct()
                .toList();
        List<String> labels =
                NamedInstance.labels(instance.instance(), instance.hostname().filter(named::contains));
        return addresses.isEmpty()
                ? Optional.empty()
                : now.own().map(own -> new Known.Host(labels, own.cluster(), addresses));
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
