package io.tombolo.wire.codec;

import com.google.protobuf.ByteString;
import io.tombolo.model.catalog.ServiceAddresses;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** The entries that say at which addresses a service is known. */
final class FeedAddresses {
    private FeedAddresses() {}

    static ServiceAddresses toModel(io.tombolo.wire.feed.ServiceAddresses wire) {
        var service = new ServiceName(wire.getNamespace(), wire.getName());
        String where = "addresses of " + service;
        return new ServiceAddresses(
                service,
                Wire.list(where, wire.getAddressesList(), ServiceAddresses.MOST, address -> address(where, address)));
    }

    static io.tombolo.wire.feed.ServiceAddresses toWire(ServiceAddresses addresses) {
        return io.tombolo.wire.feed.ServiceAddresses.newBuilder()
                .setNamespace(addresses.service().namespace())
                .setName(addresses.service().name())
                .addAllAddresses(addresses.addresses().stream()
                        .map(address -> ByteString.copyFrom(address.getAddress()))
                        .toList())
                .build();
    }

    private static InetAddress address(String where, ByteString wire) {
        try {
            InetAddress address = InetAddress.getByAddress(wire.toByteArray());
            if (address.getAddress().length != wire.size()) {
                throw Wire.malformed(where, "an IPv4 address is written as IPv6");
            }
            return address;
        } catch (UnknownHostException length) {
            throw Wire.malformed(where, wire.size() + " bytes are no address");
        }
    }
}
