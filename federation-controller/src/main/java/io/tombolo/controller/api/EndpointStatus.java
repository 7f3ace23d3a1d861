package io.tombolo.controller.api;

import io.tombolo.controller.api.ServicesResource.Condition;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.controller.health.EndpointTable;
import java.util.List;
import java.util.Optional;

/** What the owner of workloads without a sidecar must know. */
final class EndpointStatus {
    private static final int MOST_NAMED = 3;

    private EndpointStatus() {}

    static List<Condition> of(LocalService service, EndpointTable table) {
        if (service.endpoints().isEmpty()) {
            return List.of();
        }
        if (service.reachable().isEmpty()) {
            return List.of(new Condition(
                    "EndpointsReachable",
                    "False",
                    "NotTerminated",
                    "spec.endpoints: only gateways reach workloads without a sidecar, and only for services that are"
                            + " exported with mode: terminate"));
        }
        List<String> wrong = service.reachable().stream()
                .map(table::whyNot)
                .flatMap(Optional::stream)
                .toList();
        long unknown = service.reachable().stream()
                .filter(endpoint -> !table.knows(endpoint))
                .count();
        return List.of(new Condition(
                "EndpointsReachable",
                wrong.isEmpty() ? unknown == 0 ? "True" : "Unknown" : "False",
                wrong.isEmpty() ? unknown == 0 ? "AllAccept" : "NotLookedYet" : "NotAccepting",
                (service.reachable().size() - wrong.size() - unknown) + " of "
                        + service.reachable().size() + " accept connections"
                        + (wrong.isEmpty()
                                ? ""
                                : "; "
                                        + String.join(
                                                "; ",
                                                wrong.stream().limit(MOST_NAMED).toList()))));
    }
}
