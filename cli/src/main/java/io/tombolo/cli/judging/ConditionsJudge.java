package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Condition;
import io.tombolo.cli.evidence.Declared;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What became of exports, policies and routes, in the words of their conditions. */
final class ConditionsJudge implements Judge {
    private static final String EXPORT = "ServiceExport";

    /** Of these {@code True} is what somebody has to know. */
    private static final Set<String> BAD_IF_TRUE = Set.of("Conflict", "FaultsInjected");

    @Override
    public Stream<Finding> of(Evidence evidence) {
        return Stream.concat(ofMesh(evidence), ofObjects(evidence)).flatMap(one -> judged(one, evidence.spoken()));
    }

    private static Stream<Declared> ofMesh(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> Stream.concat(
                        mesh.declared().stream().flatMap(List::stream),
                        mesh.services().stream()
                                .flatMap(List::stream)
                                .filter(service -> service.exported())
                                .map(service -> new Declared(
                                        EXPORT, service.namespace(), service.name(), false, service.conditions()))));
    }

    private static Stream<Declared> ofObjects(Evidence evidence) {
        return evidence.kube().stream()
                .flatMap(kube -> kube.installed().stream())
                .flatMap(installed -> installed.declared().stream())
                .flatMap(List::stream);
    }

    private static Stream<Finding> judged(Declared one, Spoken spoken) {
        if (one.object() && one.conditions().isEmpty()) {
            return Stream.of(Finding.broken(
                    one.kind().equals(EXPORT) ? Fault.EXPORT_PENDING : Fault.NOT_IN_FORCE,
                    one.named(),
                    "has no conditions: no controller has looked at it",
                    command(one, spoken)));
        }
        // Of an export that is as it should be a controller without Kubernetes says nothing; its Service tells.
        if (!one.object() && !one.kind().equals(EXPORT) && one.conditions().isEmpty()) {
            return Stream.of(Finding.unknown(
                    Fault.NOT_LOOKED_AT, one.named(), "nobody said what became of it", command(one, spoken)));
        }
        boolean invalid = one.conditions().stream().anyMatch(said -> is(said, "Valid", "False"));
        return one.conditions().stream()
                .filter(said -> !(invalid && said.type().equals("Ready")))
                .flatMap(said -> judged(one, said, spoken));
    }

    private static Stream<Finding> judged(Declared one, Condition said, Spoken spoken) {
        String where = one.named() + ", " + said.type();
        if (said.status().equals("Unknown")) {
            return Stream.of(Finding.unknown(Fault.NOT_LOOKED_AT, where, text(said), command(one, spoken)));
        }
        boolean wellIf = !BAD_IF_TRUE.contains(said.type());
        // Withdrawn is somebody's will, and what has no faults injected is as it should be.
        boolean isWell = said.type().equals("Withdrawn") || said.status().equals(wellIf ? "True" : "False");
        return isWell
                ? Stream.of()
                : Stream.of(Finding.broken(fault(one, said), where, text(said), command(one, spoken)));
    }

    private static Fault fault(Declared one, Condition said) {
        return switch (said.type()) {
            case "Valid" -> Fault.EXPORT_INVALID;
            case "Ready", "Published" -> one.kind().equals(EXPORT) ? Fault.EXPORT_PENDING : Fault.NOT_IN_FORCE;
            case "Conflict" -> Fault.EXPORT_CONFLICT;
            case "FaultsInjected" -> Fault.FAULTS_ON_PURPOSE;
            default -> Fault.NOT_IN_FORCE;
        };
    }

    private static String text(Condition said) {
        return "is " + said.status() + " (" + said.reason() + ")"
                + (said.message().isEmpty() ? "" : ": " + said.message());
    }

    private static String command(Declared one, Spoken spoken) {
        return one.object()
                ? spoken.kubectl(
                        "describe {} -n {} {}", one.kind().toLowerCase(Locale.ROOT), one.namespace(), one.name())
                : spoken.tombolo("get {} {} -n {} -o yaml", one.kind(), one.name(), one.namespace());
    }

    private static boolean is(Condition said, String type, String status) {
        return said.type().equals(type) && said.status().equals(status);
    }
}
