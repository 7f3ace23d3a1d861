package io.tombolo.controller.api;

import io.tombolo.controller.importing.Routes;
import java.util.List;

/** What became of a resource, as of now. */
public sealed interface Status permits RouteStatus, Status.OfPolicy {
    /** One condition. */
    record Condition(String type, String status, String reason, String message, long observedGeneration) {
        static Condition of(Routes.Condition condition, long generation) {
            return new Condition(
                    condition.type(), condition.status(), condition.reason(), condition.message(), generation);
        }
    }

    /** Of a policy, or of an export that says its capacity. */
    record OfPolicy(List<Condition> conditions) implements Status {}
}
