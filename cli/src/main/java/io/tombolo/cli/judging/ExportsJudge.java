package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.ServiceSeen;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.stream.Stream;

/** Whether what is exported from here can be called. */
final class ExportsJudge implements Judge {
    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.services().stream())
                .flatMap(List::stream)
                .filter(ServiceSeen::exported)
                .flatMap(service -> Stream.concat(
                        unpublished(service, evidence.spoken()),
                        service.clusters().stream()
                                .filter(ServiceSeen.Source::local)
                                .flatMap(here -> judged(service, here, evidence.spoken()))));
    }

    /** Who is not among those that have it, and says not why. */
    private static Stream<Finding> unpublished(ServiceSeen service, Spoken spoken) {
        boolean told = service.clusters().stream().anyMatch(ServiceSeen.Source::local)
                || !service.conditions().isEmpty();
        return told
                ? Stream.of()
                : Stream.of(Finding.unknown(
                        Fault.EXPORT_PENDING,
                        "service " + service.called() + " here",
                        "is exported, and nobody said what became of it",
                        spoken.tombolo("services -o json")));
    }

    private static Stream<Finding> judged(ServiceSeen service, ServiceSeen.Source here, Spoken spoken) {
        String where = "service " + service.called() + " here";
        String command = spoken.tombolo("services -o json");
        Integer ready = here.ready();
        if (ready == null) {
            return Stream.of(Finding.unknown(
                    Fault.NONE_READY, where, "is exported, and nothing is known of its instances", command));
        }
        return ready > 0
                ? Stream.of()
                : Stream.of(Finding.broken(
                        Fault.NONE_READY,
                        where,
                        "is exported and none of its instances is ready: start one, or unexport it",
                        spoken.tombolo("unexport {}", service.called())));
    }
}
