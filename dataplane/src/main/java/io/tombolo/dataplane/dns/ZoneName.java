package io.tombolo.dataplane.dns;

import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.ServiceName;
import java.util.Optional;

/** What a name at or below {@code clusterset.local} is about, by its form alone (MCS DNS specification 1.0.0). */
public sealed interface ZoneName {
    /** The zone's own name. */
    String APEX = "clusterset.local";

    /** {@code dns-version.clusterset.local}. */
    record Version() implements ZoneName {}

    /** The zone, or {@code svc} in it: there is always something below. */
    record Root() implements ZoneName {}

    /** {@code shop.svc.clusterset.local}: there is something below if a service is there. */
    record Namespace(String name) implements ZoneName {}

    /** A service, or what is below it. */
    record OfService(ServiceName service, Below below) implements ZoneName {}

    /** No form of a name that can exist. */
    record Beside() implements ZoneName {}

    /** Where a name is below a service's. */
    sealed interface Below {
        /** The service's own name. */
        record Itself() implements Below {}

        /** {@code _tcp}: only leads to ports. */
        record Protocol() implements Below {}

        /** {@code _web._tcp}. */
        record Port(String name) implements Below {}

        /** {@code west}: no record may be here, but it leads to the hosts of a headless service. */
        record Cluster(String name) implements Below {}

        /** {@code pod-0.west}. */
        record Host(String name, String cluster) implements Below {}
    }

    /** @param name at or below the zone, lower case, without the final dot */
    static ZoneName of(String name) {
        if (name.equals(APEX) || name.equals(ServiceName.CLUSTERSET_DOMAIN)) {
            return new Root();
        }
        if (name.equals("dns-version." + APEX)) {
            return new Version();
        }
        String suffix = "." + ServiceName.CLUSTERSET_DOMAIN;
        if (!name.endsWith(suffix)) {
            return new Beside();
        }
        String[] labels = name.substring(0, name.length() - suffix.length()).split("\\.", -1);
        int last = labels.length - 1;
        return last == 0
                ? new Namespace(labels[0])
                : ServiceName.ofClusterset(labels[last - 1] + "." + labels[last] + suffix)
                        .flatMap(service -> below(labels).map(below -> (ZoneName) new OfService(service, below)))
                        .orElse(new Beside());
    }

    private static Optional<Below> below(String[] labels) {
        return switch (labels.length) {
            case 2 -> Optional.of(new Below.Itself());
            case 3 -> labels[0].equals("_tcp") ? Optional.of(new Below.Protocol()) : cluster(labels[0]);
            case 4 -> labels[1].equals("_tcp") ? port(labels[0]) : host(labels[0], labels[1]);
            default -> Optional.empty();
        };
    }

    private static Optional<Below> port(String label) {
        return label.startsWith("_") && Rfc1123.isLabel(label.substring(1))
                ? Optional.of(new Below.Port(label.substring(1)))
                : Optional.empty();
    }

    private static Optional<Below> cluster(String label) {
        return Rfc1123.isLabel(label) ? Optional.of(new Below.Cluster(label)) : Optional.empty();
    }

    private static Optional<Below> host(String label, String cluster) {
        return Rfc1123.isLabel(label) && Rfc1123.isLabel(cluster)
                ? Optional.of(new Below.Host(label, cluster))
                : Optional.empty();
    }
}
