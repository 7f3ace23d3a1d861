package io.tombolo.dataplane.capture;

import io.tombolo.model.name.Callee;
import java.net.InetAddress;
import java.util.Optional;

/** Addresses that stand for services, or for single instances of them, instead of machines. */
@FunctionalInterface
public interface VirtualAddresses {
    /** Whom connections to an address are for; any thread, never blocks. Empty = it is nobody's. */
    Optional<Callee> at(InetAddress address);

    /** These, and where they know nothing {@code others}. */
    default VirtualAddresses or(VirtualAddresses others) {
        return address -> at(address).or(() -> others.at(address));
    }
}
