package io.tombolo.cli.evidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What runs of an installation.
 * @param pods     of ours, and of namespaces with sidecars
 * @param leading  whom the lease of two controllers names; empty = it is not there, or one controller is wanted, which has none
 * @param declared objects and what their status says
 * @param dns      whether programs without a sidecar are told of the mesh by the cluster's DNS
 */
public record Installed(
        Fact<List<Part>> parts,
        Fact<List<Pod>> pods,
        Fact<List<Claim>> claims,
        Fact<List<Balancer>> balancers,
        Fact<Dns> dns,
        Fact<Optional<Leading>> leading,
        Fact<List<Declared>> declared) {
    /** A StatefulSet or Deployment of ours, or its absence: nothing is wanted then. */
    public record Part(String kind, String name, int wanted, int ready) {
        /** Whether it is a controller, of which another one stands by. */
        public boolean isTwoControllers() {
            return name.equals("tombolo-controller") && wanted > 1;
        }
    }

    /**
     * Of two controllers.
     * @param holder the one that leads; empty = none
     * @param inStep the one that could take over now; empty = none
     */
    public record Leading(String holder, String inStep) {}

    /** A volume that is waited for, or is there. */
    public record Claim(String name, String phase) {}

    /** A Service with an address of its own. */
    public record Balancer(String name, boolean addressed) {}

    /**
     * Names for programs without a sidecar.
     * @param addresses at which the mesh answers; none = it does not
     * @param leadsTo   where the cluster's DNS asks about clusterset.local; empty = it does not know of it
     */
    public record Dns(List<String> addresses, Optional<List<String>> leadsTo) {
        public Dns {
            addresses = List.copyOf(addresses);
            leadsTo = leadsTo.map(List::copyOf);
        }

        /** Whether the mesh answers and is not asked. */
        public boolean isLost() {
            return !addresses.isEmpty()
                    && leadsTo.stream().flatMap(List::stream).noneMatch(addresses::contains);
        }
    }

    Stream<Fact<?>> all() {
        return Stream.of(parts, pods, claims, balancers, dns, leading, declared);
    }
}
