package io.tombolo.cli.looking;

import io.tombolo.cli.evidence.Arrival;
import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.model.name.Alpn;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Gatherers;
import java.util.stream.Stream;

/**
 * Begins connections for services through gateways of other clusters, and sees where they come to. Only through gateways that
 * let this machine in: a refusal says nothing otherwise.
 */
record Arrivals(Controller own, List<ServiceSeen> services, Doorbell doorbell, int most) {
    /** Ports of one cluster's services; a second for each 16 of them at worst. */
    private static final int MOST = 500;

    private static final int AT_ONCE = 16;

    private static final String[] SPOKEN = {Alpn.H2.protocol(), Alpn.HTTP_1_1.protocol(), Alpn.TOMBOLO_TCP.protocol()};

    Arrivals(Controller own, List<ServiceSeen> services, Doorbell doorbell) {
        this(own, services, doorbell, MOST);
    }

    private record Way(String gateway, String address) {
        String text() {
            return gateway + " at " + address;
        }
    }

    private record Called(ServiceSeen service, ServiceSeen.Source source, int port) {}

    Stream<Arrival> at(Member member) {
        return member.gateways().stream()
                .filter(gateway -> !gateway.draining()
                        && gateway.paths().stream()
                                .anyMatch(path -> path.state().equals("UP")))
                .flatMap(gateway -> gateway.addresses().stream().map(address -> new Way(gateway.instance(), address)))
                .filter(way -> letsIn(member, way))
                .findFirst()
                .stream()
                .flatMap(way -> through(way, member));
    }

    private Stream<Arrival> through(Way way, Member member) {
        List<Called> all = services.stream()
                .flatMap(service -> service.clusters().stream()
                        .filter(source -> isReadyAt(source, member))
                        .flatMap(source -> source.ports().stream().map(port -> new Called(service, source, port))))
                .toList();
        Stream<Arrival> tried = all.stream()
                .limit(most)
                .gather(Gatherers.mapConcurrent(AT_ONCE, called -> arrival(member, way, called)));
        return all.size() <= most
                ? tried
                : Stream.concat(
                        tried,
                        Stream.of(untried(
                                member, way.text(), all.size() - most + " more ports", "at most " + most + " are")));
    }

    /** @param what of its services */
    static Arrival untried(Member member, String way, String what, String why) {
        return new Arrival(
                "ports of services: " + what,
                member.cluster(),
                way,
                Set.of(),
                new Door.Unasked("were not tried: " + why));
    }

    private boolean letsIn(Member member, Way way) {
        String probe = "probe." + way.gateway() + "." + member.cluster() + "." + own.federation() + ".tombolo";
        return doorbell.ring(way.gateway(), way.address(), probe).answer() instanceof Door.Proven(String proven)
                && proven.equals(gatewayOf(member));
    }

    private static String gatewayOf(Member member) {
        return "spiffe://" + member.trustDomain() + "/ns/tombolo-system/sa/gateway";
    }

    private static boolean isReadyAt(ServiceSeen.Source source, Member member) {
        Integer ready = source.ready();
        return source.cluster().equals(member.cluster()) && ready != null && ready > 0;
    }

    /** Twice, before it is said that somebody else answers, or nobody: an instance may have left just now. */
    private Arrival arrival(Member member, Way way, Called called) {
        Arrival first = once(member, way, called);
        return first.asExpected() ? first : once(member, way, called);
    }

    private Arrival once(Member member, Way way, Called called) {
        String service = called.service().called();
        String name = called.port() + "." + service + "." + member.cluster() + "." + own.federation() + ".tombolo";
        Set<String> expected = new HashSet<>(called.source().serverIds());
        expected.add(gatewayOf(member)); // of an export that ends at the gateway
        return new Arrival(
                service + ":" + called.port(),
                member.cluster(),
                way.text(),
                expected,
                doorbell.ring(way.gateway(), way.address(), name, SPOKEN).answer());
    }
}
