package io.tombolo.wire.codec;

import io.tombolo.model.catalog.OtherPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.wire.log.ExportedService;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What an export says of itself beside its ports. */
final class TraitsCodec {
    private TraitsCodec() {}

    static ServiceTraits toModel(String where, ExportedService wire) {
        int seconds = wire.getAffinitySeconds();
        return new ServiceTraits(
                seconds == 0 ? OptionalInt.empty() : OptionalInt.of(seconds),
                ServiceTraits.InternalTraffic.of(wire.getInternalTrafficPolicy()),
                ServiceTraits.Distribution.of(wire.getTrafficDistribution()),
                Wire.list(where + ": other ports", wire.getOtherPortsList(), OtherPort.MOST, TraitsCodec::port).stream()
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** What nothing is said of is not written. */
    static void put(ExportedService.Builder wire, ServiceTraits traits) {
        wire.setAffinitySeconds(traits.affinitySeconds().orElse(0));
        if (traits.internalTraffic() != ServiceTraits.InternalTraffic.CLUSTER) {
            wire.setInternalTrafficPolicy(traits.internalTraffic().text());
        }
        traits.distribution().ifPresent(wish -> wire.setTrafficDistribution(wish.text()));
        wire.addAllOtherPorts(ports(traits.otherPorts()));
    }

    /** A transport that only a newer version knows carries nothing here either. */
    private static Optional<OtherPort> port(io.tombolo.wire.log.OtherPort wire) {
        return switch (wire.getTransport()) {
            case "UDP" -> Optional.of(new OtherPort(wire.getPort(), wire.getName(), OtherPort.Transport.UDP));
            case "SCTP" -> Optional.of(new OtherPort(wire.getPort(), wire.getName(), OtherPort.Transport.SCTP));
            default -> Optional.empty();
        };
    }

    private static List<io.tombolo.wire.log.OtherPort> ports(List<OtherPort> ports) {
        return ports.stream()
                .map(port -> io.tombolo.wire.log.OtherPort.newBuilder()
                        .setPort(port.port())
                        .setName(port.name())
                        .setTransport(port.transport().name())
                        .build())
                .toList();
    }
}
