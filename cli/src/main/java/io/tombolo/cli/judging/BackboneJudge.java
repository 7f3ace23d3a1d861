package io.tombolo.cli.judging;

import io.tombolo.cli.evidence.Controller;
import io.tombolo.cli.evidence.Evidence;
import io.tombolo.cli.evidence.Spoken;
import io.tombolo.model.fault.Fault;
import java.util.stream.Stream;

/** The way to Kafka, what waits for it, and its topics. */
final class BackboneJudge implements Judge {
    @Override
    public Stream<Finding> of(Evidence evidence) {
        return evidence.mesh().stream()
                .flatMap(mesh -> mesh.controller().stream())
                .flatMap(controller -> Stream.concat(
                        backbone(controller, evidence.spoken()),
                        Stream.concat(topics(controller, evidence.spoken()), cutOff(controller, evidence.spoken()))));
    }

    private static Stream<Finding> backbone(Controller controller, Spoken spoken) {
        Controller.Backbone backbone = controller.backbone();
        if (backbone != null) {
            return contact(controller, backbone, spoken);
        }
        return controller.state().equals("JOINED")
                ? Stream.of(Finding.unknown(
                        Fault.BACKBONE_UNREACHABLE,
                        "backbone of " + controller.cluster(),
                        "the controller does not say how the way to it is",
                        spoken.tombolo("status")))
                : Stream.of();
    }

    private static Stream<Finding> contact(Controller controller, Controller.Backbone backbone, Spoken spoken) {
        String where = "backbone of " + controller.cluster();
        String since = backbone.lastContactAgeMs() < 0
                ? "has not answered since the controller started"
                : "last answered " + backbone.lastContactAgeMs() / 1_000 + " s ago";
        return switch (backbone.state()) {
            case "CONNECTED" -> Stream.of();
            case "DENIED" ->
                Stream.of(Finding.broken(
                        Fault.BACKBONE_DENIED, where, "refuses this cluster's credential", spoken.tombolo("status")));
            case "CONNECTING" ->
                Stream.of(Finding.unknown(
                        Fault.BACKBONE_UNREACHABLE,
                        where,
                        "is being connected to; it " + since,
                        spoken.tombolo("status")));
            default ->
                Stream.of(Finding.broken(
                        Fault.BACKBONE_UNREACHABLE,
                        where,
                        since + "; " + backbone.pending() + " records wait. Start Kafka, or open the way to it",
                        spoken.tombolo("status")));
        };
    }

    private static Stream<Finding> topics(Controller controller, Spoken spoken) {
        return controller.warnings().stream()
                .filter(warning -> warning.startsWith("topic "))
                .map(warning -> {
                    boolean denied = warning.contains("may not be read");
                    String topic = warning.split(" ", 3)[1];
                    return Finding.broken(
                            denied ? Fault.BACKBONE_DENIED : Fault.BACKBONE_MISCONFIGURED,
                            "topic " + topic,
                            warning.substring("topic ".length() + topic.length())
                                    .strip(),
                            spoken.tombolo("status"));
                });
    }

    private static Stream<Finding> cutOff(Controller controller, Spoken spoken) {
        boolean told =
                controller.backbone() != null && !controller.backbone().state().equals("CONNECTED");
        return controller.cutOff() && !told
                ? Stream.of(Finding.broken(
                        Fault.CUT_OFF,
                        "cluster " + controller.cluster(),
                        "does not read its own pulse back: leases stand still, and paths decide",
                        spoken.tombolo("status")))
                : Stream.of();
    }
}
