package io.tombolo.dataplane.dns;

import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.Callee;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Gives out the addresses of services, and of single instances. */
@FunctionalInterface
public interface AddressBook {
    /**
     * The address of one of them, ready to be connected to. Does not block; completes on any thread, normally within milliseconds.
     * @param ports of the service
     * @return empty if it cannot have one now
     */
    CompletableFuture<Optional<Inet4Address>> address(Callee callee, List<ExportedPort> ports);
}
