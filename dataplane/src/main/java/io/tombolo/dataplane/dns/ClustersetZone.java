package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.feed.ProxyConfig;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServiceName;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What is said of each name: an address for {@code checkout.shop.svc.clusterset.local} if that is imported, nothing for other types
 * and for names that only lead to such names (RFC 8020), "no such name" for the rest below {@code clusterset.local}, and
 * "ask others" for everything else. While nothing is known, nobody is told that there is nothing.
 */
final class ClustersetZone {
    private static final String APEX = "clusterset.local";

    private final Supplier<ProxyConfig> config;
    private final AddressBook addresses;

    ClustersetZone(Supplier<ProxyConfig> config, AddressBook addresses) {
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
        return addresses
                .address(known.importedByHost(query.name()).orElseThrow())
                .thenApply(found -> found.<Reply>map(Reply.Address::new).orElse(new Reply.Failure(Rcode.SERVFAIL)))
                .exceptionally(broken -> new Reply.Failure(Rcode.SERVFAIL));
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
        boolean service = config.importedByHost(query.name()).isPresent();
        return service && query.type() == Query.A
                ? Optional.empty()
                : Optional.of(new Reply.Nothing(service || leadsToNames(query.name(), config)));
    }

    /** {@code shop.svc.clusterset.local} has no record, but it is not nothing: names below it exist. */
    private static boolean leadsToNames(String name, ProxyConfig config) {
        return name.equals(APEX)
                || name.equals(ServiceName.CLUSTERSET_DOMAIN)
                || config.imported().stream()
                        .map(ImportedService::service)
                        .anyMatch(service -> name.equals(service.namespace() + "." + ServiceName.CLUSTERSET_DOMAIN));
    }

    private static boolean isBelow(String name, String apex) {
        return name.equals(apex) || name.endsWith("." + apex);
    }
}
