package io.tombolo.dataplane.capture;

import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.Optional;

/** Addresses that stand for services instead of machines. */
@FunctionalInterface
public interface VirtualAddresses {
    /** The service that has an address; any thread, never blocks. Empty = it is nobody's. */
    Optional<ServiceName> at(InetAddress address);

    /** These, and where they know nothing {@code others}. */
    default VirtualAddresses or(VirtualAddresses others) {
        return address -> at(address).or(() -> others.at(address));
    }
}
