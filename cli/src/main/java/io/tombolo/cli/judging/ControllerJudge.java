package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether there is a controller that answers, and whether its cluster is a member. */
final class ControllerJudge implements Judge {
    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream().flatMap(mesh -> switch (mesh.controller()) {
            case Fact.Unknown<Controller> silent -> silent(silent, evidence.spoken());
            case Fact.Seen<Controller>(Controller controller) ->
                Stream.concat(membership(controller, evidence.spoken()), warnings(controller, evidence));
        });
    }

    /** Who refuses to answer is there, and may be well. */
    private static Stream<Finding> silent(Fact.Unknown<Controller> silent, Spoken spoken) {
        boolean broken = silent.fault() == Fault.CONTROLLER_UNREACHABLE;
        String command = spoken.kubeContext().isEmpty()
                ? spoken.tombolo("status")
                : spoken.kubectl("get pods -n tombolo-system");
        return Stream.of(new Finding(
                silent.fault(),
                broken,
                silent.where(),
                silent.why() + (silent.fix().isEmpty() ? "" : "; " + silent.fix()),
                command));
    }

    private static Stream<Finding> membership(Controller controller, Spoken spoken) {
        String where = "cluster " + controller.cluster();
        Optional<Finding> failed = failedJob(controller, where, spoken);
        return switch (controller.state()) {
            case "JOINED" -> failed.stream();
            case "JOINING" ->
                Stream.of(Finding.unknown(Fault.NOT_JOINED, where, "is joining just now", spoken.tombolo("status")));
            case "UNJOINED", "LEFT" ->
                failed.isPresent()
                        ? failed.stream()
                        : Stream.of(Finding.broken(
                                Fault.NOT_JOINED,
                                where,
                                "is a member of no federation (" + controller.state() + ")",
                                spoken.tombolo("join --token-file join.token")));
            case "CLONED" -> Stream.of(standing(Fault.CLONED, where, spoken));
            case "FENCED" -> Stream.of(standing(Fault.FENCED, where, spoken));
            case "EVICTED" ->
                Stream.of(Finding.broken(
                        Fault.NOT_A_MEMBER, where, "was evicted", spoken.tombolo("join --token-file join.token")));
            default ->
                Stream.of(Finding.broken(
                        Fault.CONTROLLER_WARNS, where, "is " + controller.state(), spoken.tombolo("status")));
        };
    }

    private static Finding standing(Fault fault, String where, Spoken spoken) {
        return Finding.broken(
                fault, where, "publishes nothing: stop the other controller of its name", spoken.tombolo("status"));
    }

    /** With the code that it failed with. */
    private static Optional<Finding> failedJob(Controller controller, String where, Spoken spoken) {
        return Optional.ofNullable(controller.lastJob())
                .filter(job -> job.state().equals("FAILED"))
                .flatMap(job -> Optional.ofNullable(job.error()))
                .map(error -> Finding.broken(
                        fault(error.code()),
                        where + ": " + error.where(),
                        error.what() + "; " + error.fix(),
                        spoken.tombolo(isToken(error.code()) ? "join --token-file join.token" : "status")));
    }

    private static boolean isToken(String code) {
        return code.startsWith("TB-400");
    }

    private static Fault fault(String code) {
        return Arrays.stream(Fault.values())
                .filter(fault -> fault.code().equals(code))
                .findFirst()
                .orElse(Fault.CONTROLLER_WARNS);
    }

    /** What is said as a value too is judged by that. */
    private static Stream<Finding> warnings(Controller controller, Evidence evidence) {
        return controller.warnings().stream()
                .filter(warning -> !warning.startsWith("topic ")
                        && !(controller.cutOff() && warning.startsWith("this cluster is cut off"))
                        && !warning.startsWith("this controller publishes nothing")
                        && !(warning.startsWith("no other replica is in step") && ReplicasJudge.sees(evidence)))
                .map(warning -> Finding.broken(
                        Fault.CONTROLLER_WARNS,
                        "cluster " + controller.cluster() + ": " + warning,
                        "its controller warns",
                        evidence.spoken().tombolo("status")));
    }
}
