package io.tombolo.controller.join;

import io.tombolo.model.catalog.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;

/** Finds out whether Kafka runs on this machine: its cluster must not be evicted by mistake. */
final class BackbonePlace {
    private BackbonePlace() {}

    static boolean isHere(List<String> bootstrapServers) {
        return bootstrapServers.stream()
                .map(HostPort::parse)
                .map(HostPort::host)
                .anyMatch(BackbonePlace::isLocal);
    }

    private static boolean isLocal(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }
}
