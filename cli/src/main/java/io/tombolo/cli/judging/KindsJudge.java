package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Definition;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.cli.evidence.WantedKind;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether every kind of object that the controller works with is installed as it needs it. */
final class KindsJudge implements Judge {
    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.kinds().stream()
                        .flatMap(there -> WantedKind.ALL.stream()
                                .filter(kind -> kube.installed().isPresent() || !comesWithTheChart(kind, there))
                                .flatMap(kind -> judged(kind, there, evidence.spoken()))));
    }

    /** Helm makes those that are not there, and leaves alone those that are. */
    private static boolean comesWithTheChart(WantedKind kind, List<Definition> there) {
        return kind.ours() && there.stream().noneMatch(one -> one.name().equals(kind.name()));
    }

    private static Stream<Finding> judged(WantedKind kind, List<Definition> there, Spoken spoken) {
        Optional<Definition> found =
                there.stream().filter(one -> one.name().equals(kind.name())).findFirst();
        String where = "kind " + kind.name();
        String command = spoken.kubectl("apply --server-side -f {}", kind.source());
        if (found.isEmpty()) {
            return Stream.of(Finding.broken(Fault.KIND_MISSING, where, "is not installed", command));
        }
        Definition kindThere = found.get();
        if (!kindThere.served().contains(kind.version())) {
            String served =
                    String.join(", ", kindThere.served().stream().sorted().toList());
            return Stream.of(Finding.broken(
                    Fault.KIND_NOT_SERVED, where, "is served as " + served + ", not as " + kind.version(), command));
        }
        if (!kindThere.established()) {
            return Stream.of(Finding.broken(
                    Fault.KIND_NOT_ESTABLISHED,
                    where,
                    "is not established: its conditions say which name is taken",
                    spoken.kubectl("describe crd {}", kind.name())));
        }
        return kindThere.alike()
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.KIND_OUTDATED,
                        where,
                        "is not as this version ships it; helm upgrade leaves it",
                        command));
    }
}
