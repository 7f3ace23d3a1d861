package io.tombolo.model.capture;

import io.tombolo.model.catalog.AddressRange;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.PortNumber;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Transparent capture on one machine or in one network namespace: which new TCP connections come to the sidecar instead.
 * @param spared   whose connections stay as they are, the sidecar's among them; at least one
 * @param port     of the sidecar's transparent listener on 127.0.0.1 and ::1
 * @param networks destinations that are left alone; at most {@value #MOST}
 * @param ports    destination ports that are left alone; at most {@value #MOST}
 */
public record CaptureRules(List<Spared> spared, int port, List<AddressRange> networks, List<PortRange> ports) {
    /** The table; nothing outside of it is ever read or written. */
    public static final String TABLE = "inet tombolo";

    /** Where the sidecar listens for what is redirected, unless it is told otherwise. */
    public static final int DEFAULT_PORT = 15_002;

    /** Addresses that sidecars give to services; redirected although they are this machine's own. */
    public static final AddressRange VIRTUAL = AddressRange.parse("127.64.0.0/10");

    /** Most entries of each list. */
    public static final int MOST = 256;

    /** What no relay may stand in for: their meaning depends on the interface, and clouds give out credentials there. */
    private static final List<AddressRange> LINK_LOCAL =
            List.of(AddressRange.parse("169.254.0.0/16"), AddressRange.parse("fe80::/10"));

    /** Before kube-proxy and Docker (-100), which would rewrite the destination first. */
    private static final int PRIORITY = -110;

    public CaptureRules {
        spared = List.copyOf(spared);
        networks = List.copyOf(networks);
        ports = List.copyOf(ports);
        PortNumber.check("transparent port", port);
        check(!spared.isEmpty(), "spared", "nobody is: the sidecar's own connections would come back to it");
        check(spared.size() <= MOST && networks.size() <= MOST && ports.size() <= MOST, "lists", "are too long");
    }

    private static void check(boolean holds, String where, String what) {
        if (!holds) {
            throw new TomboloException(
                    Fault.USAGE, where, what, "name a group or cgroup, and at most " + MOST + " entries of a kind");
        }
    }

    /** One transaction for {@code nft -f -}: the table as it is to be, whatever it was before. */
    public String nft() {
        return removal() + "table " + TABLE + " {\n" + sets() + chain() + "}\n";
    }

    /** One transaction that leaves no table, whether there was one or not. */
    public static String removal() {
        return "table " + TABLE + "\ndelete table " + TABLE + "\n";
    }

    private String sets() {
        return set("networks4", "ipv4_addr", networks(true))
                + set("networks6", "ipv6_addr", networks(false))
                + set("ports", "inet_service", ports.stream().map(PortRange::toString));
    }

    private Stream<String> networks(boolean four) {
        return Stream.concat(LINK_LOCAL.stream(), networks.stream())
                .filter(range -> range.network() instanceof Inet4Address == four)
                .map(AddressRange::toString);
    }

    private static String set(String name, String type, Stream<String> elements) {
        String all = elements.collect(Collectors.joining(", "));
        String content = all.isEmpty() ? "" : "\t\telements = { " + all + " }\n";
        return "\tset " + name + " {\n\t\ttype " + type + "\n\t\tflags interval\n\t\tauto-merge\n" + content + "\t}\n";
    }

    private String chain() {
        var rules = new ArrayList<String>();
        rules.add("type nat hook output priority " + PRIORITY + "; policy accept;");
        spared.forEach(one -> rules.add(one.match() + " return"));
        rules.add("ip daddr " + VIRTUAL + " meta l4proto tcp redirect to :" + port);
        rules.add("fib daddr type { local, broadcast, multicast } return");
        rules.add("ip daddr @networks4 return");
        rules.add("ip6 daddr @networks6 return");
        rules.add("tcp dport @ports return");
        rules.add("meta l4proto tcp redirect to :" + port);
        return "\tchain output {\n\t\t" + String.join("\n\t\t", rules) + "\n\t}\n";
    }
}
