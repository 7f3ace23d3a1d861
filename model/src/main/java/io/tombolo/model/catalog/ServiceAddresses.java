package io.tombolo.model.catalog;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * At which addresses the network of this cluster knows a service, such as those that Kubernetes gave it. Never leaves the cluster.
 * @param addresses one or two, of different families, the preferred one first; none that means this machine, its own link, or many
 */
public record ServiceAddresses(ServiceName service, List<InetAddress> addresses) {
    /** One of each family. */
    public static final int MOST = 2;

    public ServiceAddresses {
        addresses = List.copyOf(addresses);
        long families = addresses.stream().map(InetAddress::getClass).distinct().count();
        if (addresses.isEmpty() || addresses.size() > MOST || families != addresses.size()) {
            throw malformed(service, "it has " + addresses.size() + " addresses of " + families + " families");
        }
        for (InetAddress address : addresses) {
            if (!isAPlace(address)) {
                throw malformed(service, address.getHostAddress() + " is no service's");
            }
        }
    }

    /** By service. */
    public static SortedMap<ServiceName, ServiceAddresses> byService(Collection<ServiceAddresses> all) {
        var sorted = new TreeMap<ServiceName, ServiceAddresses>();
        all.forEach(one -> sorted.put(one.service(), one));
        return sorted;
    }

    /** Whether it means the same wherever it is used, and one alone: not this machine, its own link, or many. */
    public static boolean isAPlace(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLoopbackAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress();
    }

    private static TomboloException malformed(ServiceName service, String what) {
        return new TomboloException(
                Fault.MALFORMED_RECORD, "addresses of " + service, what, "one of each family, or one alone, can be");
    }
}
