package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.dns.ZoneName.Below;
import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ServiceName;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Names as a sidecar has them: each service that may be called has one address, which is the sidecar's own, and so has each ready
 * instance of a headless one, in whichever cluster.
 */
public final class OwnNames implements Directory {
    private final CurrentConfig config;
    private final AddressBook addresses;
    private final InstantSource clock;

    /** @param clock for whose turn it is to be named */
    public OwnNames(CurrentConfig config, AddressBook addresses, InstantSource clock) {
        this.config = config;
        this.addresses = addresses;
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
        boolean exists =
                config.get().imported(service).isPresent() || config.get().isHeldBack(service);
        return exists
                ? config.require(service, System.nanoTime()).thenCompose(_ -> there(service, asked))
                : CompletableFuture.completedFuture(new Known.Nothing());
    }

    private CompletableFuture<Known> there(ServiceName service, Below asked) {
        ProxyConfig now = config.get();
        return now.imported(service)
                .map(found -> found.type() == ServiceType.HEADLESS ? headless(found, asked, now) : whole(found))
                .orElseGet(() -> CompletableFuture.completedFuture(new Known.Unsaid()));
    }

    private CompletableFuture<Known> whole(ImportedService service) {
        return addresses
                .address(new Callee.Anyone(service.service()), service.ports())
                .thenApply(found -> found.<Known>map(address -> new Known.Whole(service.ports(), List.of(address)))
                        .orElse(new Known.Unsaid()));
    }

    private CompletableFuture<Known> headless(ImportedService service, Below asked, ProxyConfig now) {
        HeadlessInstances all = HeadlessInstances.of(service, now);
        return switch (asked) {
            case Below.Host(String label, String cluster) -> host(service, all, label, cluster);
            case Below.Cluster(String cluster) ->
                all.isUntold(cluster) ? unsaid() : settled(service.ports(), all.all(), all.more());
            case Below.Itself _, Below.Protocol _, Below.Port _ -> some(service, all);
        };
    }

    private CompletableFuture<Known> host(
            ImportedService service, HeadlessInstances all, String label, String cluster) {
        return all.all().stream()
                .filter(one -> one.isCalled(label, cluster))
                .findFirst()
                .map(one -> hosts(service.ports(), List.of(one)))
                .orElseGet(() -> all.isUntold(cluster) ? unsaid() : settled(service.ports(), all.all(), all.more()));
    }

    /** Who may be there, and is not named by its cluster, is found by the service's own address. */
    private CompletableFuture<Known> some(ImportedService service, HeadlessInstances all) {
        if (all.isEmpty()) {
            return all.more() ? whole(service) : settled(service.ports(), List.of(), false);
        }
        return hosts(service.ports(), all.some(ServiceAnswers.MOST_HOSTS, clock.instant()));
    }

    /** With their addresses; those that cannot have one now are left out, as long as some can. */
    private CompletableFuture<Known> hosts(List<ExportedPort> ports, List<NamedInstance> some) {
        List<CompletableFuture<Optional<Known.Host>>> asked = some.stream()
                .map(one -> addresses
                        .address(one.callee(), ports)
                        .thenApply(found -> found.map(address -> host(one, address))))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(_ -> {
            List<Known.Host> hosts =
                    asked.stream().flatMap(each -> each.join().stream()).toList();
            return hosts.isEmpty() ? new Known.Unsaid() : new Known.Instances(ports, hosts, true);
        });
    }

    private static Known.Host host(NamedInstance one, Inet4Address address) {
        return host(one, Stream.of(address));
    }

    private static Known.Host host(NamedInstance one, Stream<InetAddress> addresses) {
        return new Known.Host(one.labels(), one.cluster(), addresses.toList());
    }

    /** Names alone: nobody asked for an address. */
    private static CompletableFuture<Known> settled(List<ExportedPort> ports, List<NamedInstance> all, boolean more) {
        return CompletableFuture.completedFuture(new Known.Instances(
                ports, all.stream().map(one -> host(one, Stream.empty())).toList(), more));
    }

    private static CompletableFuture<Known> unsaid() {
        return CompletableFuture.completedFuture(new Known.Unsaid());
    }

    /**
     * The ports on which an address is listened on; empty = whom it stood for is gone.
     * @param callee what an address was given to
     */
    public static Optional<List<ExportedPort>> ports(ProxyConfig config, Callee callee) {
        return switch (callee) {
            case Callee.Anyone(ServiceName service) -> config.imported(service).map(ImportedService::ports);
            case Callee.One one ->
                config.imported(one.service())
                        .filter(_ -> HeadlessInstances.has(config, one))
                        .map(ImportedService::ports);
        };
    }
}
