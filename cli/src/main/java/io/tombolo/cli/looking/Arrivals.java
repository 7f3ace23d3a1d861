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
import java.util.stream.Stream;

/**
 * Begins connections for services through gateways of other clusters, and sees where they come to. Only through gateways that
 * let this machine in: a refusal says nothing otherwise.
 */
record Arrivals(Controller own, List<ServiceSeen> services) {
    /** Of one cluster. */
    private static final int MOST_SERVICES = 50;

    private static final String[] SPOKEN = {Alpn.H2.protocol(), Alpn.HTTP_1_1.protocol(), Alpn.TOMBOLO_TCP.protocol()};

    Stream<Arrival> at(Member member) {
        return member.gateways().stream()
                .filter(gateway -> !gateway.draining()
                        && gateway.paths().stream()
                                .anyMatch(path -> path.state().equals("UP")))
                .flatMap(gateway -> gateway.addresses().stream()
                        .filter(address -> letsIn(member, gateway.instance(), address))
                        .map(address -> new Way(gateway.instance(), address)))
                .findFirst()
                .stream()
                .flatMap(way -> services.stream()
                        .flatMap(service -> service.clusters().stream()
                                .filter(source -> isReadyAt(source, member))
                                .map(source -> arrival(member, way, service, source)))
                        .limit(MOST_SERVICES));
    }

    private record Way(String gateway, String address) {}

    private boolean letsIn(Member member, String gateway, String address) {
        String probe = "probe." + gateway + "." + member.cluster() + "." + own.federation() + ".tombolo";
        return new Doorbell(true).ring(gateway, address, probe).answer() instanceof Door.Proven(String shown)
                && shown.equals(gatewayOf(member));
    }

    private static String gatewayOf(Member member) {
        return "spiffe://" + member.trustDomain() + "/ns/tombolo-system/sa/gateway";
    }

    private static boolean isReadyAt(ServiceSeen.Source source, Member member) {
        Integer ready = source.ready();
        return source.cluster().equals(member.cluster())
                && ready != null
                && ready > 0
                && !source.ports().isEmpty();
    }

    /** Twice, before it is said that somebody else answers, or nobody: an instance may have left just now. */
    private Arrival arrival(Member member, Way way, ServiceSeen service, ServiceSeen.Source source) {
        Arrival first = once(member, way, service, source);
        return first.asExpected() ? first : once(member, way, service, source);
    }

    private Arrival once(Member member, Way way, ServiceSeen service, ServiceSeen.Source source) {
        String name = source.ports().getFirst() + "." + service.called() + "." + member.cluster() + "."
                + own.federation() + ".tombolo";
        Set<String> expected = new HashSet<>(source.serverIds());
        expected.add(gatewayOf(member)); // of an export that ends at the gateway
        return new Arrival(
                service.called(),
                member.cluster(),
                way.gateway() + " at " + way.address(),
                expected,
                new Doorbell(true)
                        .ring(way.gateway(), way.address(), name, SPOKEN)
                        .answer());
    }
}
