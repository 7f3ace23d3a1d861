package io.tombolo.controller.kube;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.model.name.ServiceName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an import is in the network of this cluster.
 * @param ips      one of each family, or one alone; none = nowhere
 * @param families of these, in their order
 * @param derived  the Service that has them; empty if there are none
 */
record ImportPlace(List<String> ips, List<String> families, String derived) {
    /** Says which Service an import has its addresses from; on the import. */
    static final String DERIVED_SERVICE = "multicluster.kubernetes.io/derived-service";

    static final ImportPlace NOWHERE = new ImportPlace(List.of(), List.of(), "");

    ImportPlace {
        ips = List.copyOf(ips);
        families = List.copyOf(families);
    }

    static ImportPlace at(ServiceName service, List<InetAddress> addresses) {
        return addresses.isEmpty()
                ? NOWHERE
                : new ImportPlace(
                        addresses.stream().map(IpText::of).toList(),
                        addresses.stream().map(ImportPlace::family).toList(),
                        DerivedName.of(service));
    }

    /** What an import says; definitions of before 2025 know no families. */
    static ImportPlace of(JsonNode spec, Map<String, String> annotations) {
        List<String> ips = texts(spec.path("ips"));
        List<String> families = texts(spec.path("ipFamilies"));
        return new ImportPlace(
                ips,
                families.isEmpty() ? ips.stream().map(ImportPlace::family).toList() : families,
                annotations.getOrDefault(DERIVED_SERVICE, ""));
    }

    private static List<String> texts(JsonNode said) {
        var texts = new ArrayList<String>();
        said.forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static String family(InetAddress address) {
        return address instanceof Inet6Address ? "IPv6" : "IPv4";
    }

    private static String family(String ip) {
        return ip.indexOf(':') >= 0 ? "IPv6" : "IPv4";
    }

    /** At its first address alone: definitions of before 2025 have room for one. */
    ImportPlace atOne() {
        return ips.size() < 2 ? this : new ImportPlace(ips.subList(0, 1), families.subList(0, 1), derived);
    }

    /** What stands in the import's {@code spec}. */
    Map<String, Object> written() {
        var written = new LinkedHashMap<String, Object>();
        if (!ips.isEmpty()) {
            written.put("ips", ips);
            written.put("ipFamilies", families);
        }
        return written;
    }
}
