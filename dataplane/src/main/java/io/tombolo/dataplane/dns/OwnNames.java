package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.feed.CurrentConfig;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.name.ServiceName;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Names as a sidecar has them: each service that may be called has one address, which is the sidecar's own. */
public final class OwnNames implements Directory {
    private final CurrentConfig config;
    private final AddressBook addresses;

    public OwnNames(CurrentConfig config, AddressBook addresses) {
        this.config = config;
        this.addresses = addresses;
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
        boolean exists =
                config.get().imported(service).isPresent() || config.get().isHeldBack(service);
        return exists
                ? config.require(service, System.nanoTime()).thenCompose(_ -> there(service))
                : CompletableFuture.completedFuture(new Known.Nothing());
    }

    private CompletableFuture<Known> there(ServiceName service) {
        return config.get()
                .imported(service)
                .map(this::given)
                .orElseGet(() -> CompletableFuture.completedFuture(new Known.Unsaid()));
    }

    /** Also of a headless service: its instances are chosen by the sidecar. */
    private CompletableFuture<Known> given(ImportedService service) {
        return addresses
                .address(service)
                .thenApply(found -> found.<Known>map(address -> new Known.Whole(service.ports(), List.of(address)))
                        .orElse(new Known.Unsaid()));
    }
}
