package io.tombolo.dataplane.dns;

import io.tombolo.model.catalog.ImportedService;
import java.net.Inet4Address;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Gives out the addresses of services. */
@FunctionalInterface
public interface AddressBook {
    /**
     * The address of a service, ready to be connected to. Does not block; completes on any thread, normally within milliseconds.
     * @return empty if it cannot have one now
     */
    CompletableFuture<Optional<Inet4Address>> address(ImportedService service);
}
