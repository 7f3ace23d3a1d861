package io.tombolo.cli.evidence;

import java.util.List;

/** How the calls of a service are divided over clusters now. */
public record Division(String service, boolean panic, double shed, List<String> unreadable, List<Side> clusters) {
    /** One cluster's part; {@code standing} as the failover decides. */
    public record Side(String cluster, double share, String standing, String reason) {}

    /** As commands name it, from {@code namespace/name}. */
    public String called() {
        int slash = service.indexOf('/');
        return service.substring(slash + 1) + "." + service.substring(0, slash);
    }
}
