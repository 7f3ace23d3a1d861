package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.MeshFacts;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether calls to the other clusters work, by calls that were made: gateways of this cluster call each gateway of the others with
 * mutual TLS through the port that traffic takes, and tell what they found at least each 10 s.
 */
final class PathsJudge implements Judge {
    /** What was told before proves nothing any more: three reports did not come. */
    private static final Duration FRESH = Duration.ofSeconds(30);

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.members().stream()
                        .flatMap(List::stream)
                        .filter(Member::isPeer)
                        .filter(member -> member.exports() > 0 && isCalled(member, mesh))
                        .flatMap(member -> judged(member, mesh, evidence.spoken())));
    }

    /** What a cluster exports to others alone is called by nobody here; as long as that is not known it is called. */
    private static boolean isCalled(Member member, MeshFacts mesh) {
        return mesh.services().stream()
                .allMatch(services -> services.stream()
                        .flatMap(service -> service.clusters().stream())
                        .anyMatch(source -> source.cluster().equals(member.cluster())));
    }

    private static Stream<Finding> judged(Member member, MeshFacts mesh, Spoken spoken) {
        List<Member.Gateway> gateways = member.gateways().stream()
                .filter(gateway -> !gateway.draining())
                .toList();
        if (gateways.isEmpty()) {
            return Stream.of(Finding.broken(
                    Fault.PATH_NOT_PROVEN,
                    "path to cluster " + member.cluster(),
                    "it exports " + member.exports() + " services and publishes no gateway that takes calls",
                    Spoken.tomboloAt(member.cluster(), "check")));
        }
        List<String> own = own(mesh);
        return gateways.stream().flatMap(gateway -> judged(member, gateway, own, spoken));
    }

    /** Gateways of this cluster that take part; who goes calls nobody any more. */
    private static List<String> own(MeshFacts mesh) {
        return mesh.members().stream()
                .flatMap(List::stream)
                .filter(Member::local)
                .flatMap(local -> local.gateways().stream())
                .filter(gateway -> !gateway.draining())
                .map(Member.Gateway::instance)
                .toList();
    }

    /** One way that works does not make up for another that does not: callers use all of them. */
    private static Stream<Finding> judged(Member member, Member.Gateway gateway, List<String> own, Spoken spoken) {
        String where = "path to cluster " + member.cluster() + ", gateway " + gateway.instance() + " at "
                + String.join(", ", gateway.addresses());
        List<Member.Path> fresh = gateway.paths().stream()
                .filter(path -> path.ageMs() >= 0 && path.ageMs() <= FRESH.toMillis())
                .toList();
        Set<String> down = from(fresh, "DOWN");
        if (!down.isEmpty()) {
            return Stream.of(Finding.broken(
                    Fault.PATH_NOT_PROVEN,
                    where,
                    "calls fail from gateway " + String.join(", ", down)
                            + ": see whether it runs, and its port is open",
                    Spoken.tomboloAt(member.cluster(), "check")));
        }
        Set<String> up = from(fresh, "UP");
        Set<String> silent = new TreeSet<>(own);
        silent.removeAll(up);
        return silent.isEmpty() && !up.isEmpty()
                ? Stream.of()
                : Stream.of(Finding.unknown(
                        Fault.PATH_NOT_MEASURED, where, unmeasured(silent), spoken.tombolo("clusters -o json")));
    }

    private static String unmeasured(Set<String> silent) {
        return silent.isEmpty()
                ? "no gateway of this cluster has tried it"
                : "gateway " + String.join(", ", silent) + " of this cluster did not tell within " + FRESH.toSeconds()
                        + " s that it works";
    }

    private static Set<String> from(List<Member.Path> paths, String state) {
        return paths.stream()
                .filter(path -> path.state().equals(state))
                .map(Member.Path::from)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
