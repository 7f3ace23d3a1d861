package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.name.ServiceName;
import java.net.Inet4Address;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What is said of each name: an address for {@code checkout.shop.svc.clusterset.local} if that is imported, nothing for other types
 * and for names that only lead to such names (RFC 8020), "no such name" for the rest below {@code clusterset.local}, and
 * "ask others" for everything else. While nothing is known, nobody is told that there is nothing.
 */
final class ClustersetZone {
    private static final String APEX = "clusterset.local";

    private final CurrentConfig config;
    private final AddressBook addresses;

    ClustersetZone(CurrentConfig config, AddressBook addresses) {
        this.config = config;
        this.addresses = addresses;
    }

    /** Completes normally, whatever happens; does not block. */
    CompletableFuture<Reply> ask(Query query) {
        ProxyConfig known = config.get();
        Optional<Reply> settled = settled(query, known);
        if (settled.isPresent()) {
            return CompletableFuture.completedFuture(settled.get());
        }
        return config.require(service(query).orElseThrow(), System.nanoTime())
                .thenCompose(there -> address(query))
                .thenApply(found -> found.<Reply>map(Reply.Address::new).orElse(new Reply.Failure(Rcode.SERVFAIL)))
                .exceptionally(broken -> new Reply.Failure(Rcode.SERVFAIL));
    }

    private CompletableFuture<Optional<Inet4Address>> address(Query query) {
        return config.get()
                .importedByHost(query.name())
                .map(addresses::address)
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()));
    }

    /** The service whose name it is, imported or not. */
    private static Optional<ServiceName> service(Query query) {
        return ServiceName.ofClusterset(query.name());
    }

    /** Changes with the configuration. */
    long serial() {
        return config.get().version();
    }

    /** What can be said at once; empty = an address has to be found. */
    private static Optional<Reply> settled(Query query, ProxyConfig config) {
        if (query.edns().map(Query.Edns::version).orElse(0) != 0) {
            return Optional.of(new Reply.Failure(Rcode.BADVERS));
        }
        if (query.qclass() != Query.INTERNET || !isBelow(query.name(), APEX)) {
            return Optional.of(new Reply.Failure(Rcode.REFUSED));
        }
        if (config.own().isEmpty()) {
            return Optional.of(new Reply.Failure(Rcode.SERVFAIL));
        }
        boolean service = service(query)
                .filter(name -> config.imported(name).isPresent() || config.isHeldBack(name))
                .isPresent();
        return service && query.type() == Query.A
                ? Optional.empty()
                : Optional.of(new Reply.Nothing(service || leadsToNames(query.name(), config)));
    }

    /** {@code shop.svc.clusterset.local} has no record, but it is not nothing: names below it exist. */
    private static boolean leadsToNames(String name, ProxyConfig config) {
        return name.equals(APEX)
                || name.equals(ServiceName.CLUSTERSET_DOMAIN)
                || (name.endsWith("." + ServiceName.CLUSTERSET_DOMAIN)
                        && config.hasNamespace(
                                name.substring(0, name.length() - ServiceName.CLUSTERSET_DOMAIN.length() - 1)));
    }

    private static boolean isBelow(String name, String apex) {
        return name.equals(apex) || name.endsWith("." + apex);
    }
}
