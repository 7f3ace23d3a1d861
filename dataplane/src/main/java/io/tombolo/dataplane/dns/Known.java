package io.tombolo.dataplane.dns;

import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.name.ClusterId;
import java.net.InetAddress;
import java.util.List;

/** What is known of the service that a name is about. */
public sealed interface Known {
    /** There is no such service. */
    record Nothing() implements Known {}

    /** Whether there is one, or where, cannot be said now. */
    record Unsaid() implements Known {}

    /**
     * One that is reached as a whole.
     * @param addresses of both families, each for all instances; may be empty: it exists, and nobody said where
     */
    record Whole(List<ExportedPort> ports, List<InetAddress> addresses) implements Known {
        public Whole {
            ports = List.copyOf(ports);
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * A headless one, whose ready instances are reached one by one.
     * @param hosts in an order that lasts
     * @param more  whether others may be ready whose addresses are not known here
     */
    record Instances(List<ExportedPort> ports, List<Host> hosts, boolean more) implements Known {
        public Instances {
            ports = List.copyOf(ports);
            hosts = List.copyOf(hosts);
        }
    }

    /**
     * A ready instance.
     * @param labels what it is called, DNS labels, each nobody else's in its cluster; the first one is told where one is enough
     */
    record Host(List<String> labels, ClusterId cluster, List<InetAddress> addresses) {
        public Host {
            labels = List.copyOf(labels);
            addresses = List.copyOf(addresses);
        }
    }
}
