package io.tombolo.controller.kube;

import java.util.List;
import java.util.Optional;

/** The conditions of an export, as the MCS API names them. Pure. */
final class ExportStanding {
    static final String VALID = "Valid";
    static final String READY = "Ready";
    static final String CONFLICT = "Conflict";

    private ExportStanding() {}

    /**
     * Of one export.
     * @param published {@code pending}, or the number under which the federation has it; empty = not a member
     * @param conflict  what others' exports do to it, if anything
     */
    static List<Condition> of(ExportReading reading, Optional<String> published, Optional<Condition> conflict) {
        return switch (reading) {
            case ExportReading.Invalid(String reason, String message) ->
                List.of(
                        Condition.fails(VALID, reason, message),
                        Condition.fails(READY, "Pending", "nothing is exported while it is not valid"));
            case ExportReading.Valid(var _, List<String> leftOut) -> valid(leftOut, ready(published), conflict);
            case ExportReading.NotKept(List<String> leftOut, String why) ->
                valid(leftOut, Condition.fails(READY, "Failed", why + " It is tried again."), conflict);
        };
    }

    private static List<Condition> valid(List<String> leftOut, Condition ready, Optional<Condition> conflict) {
        return List.of(
                Condition.holds(VALID, "Valid", String.join("; ", leftOut)),
                ready,
                conflict.orElse(Condition.fails(CONFLICT, "NoConflicts", "all exports of this name say the same")));
    }

    private static Condition ready(Optional<String> published) {
        if (published.isEmpty()) {
            return Condition.fails(
                    READY,
                    "Pending",
                    "this cluster is no member of a federation: `tombolo init` or `tombolo join` makes it one");
        }
        return published.get().equals("pending")
                ? Condition.fails(
                        READY,
                        "Pending",
                        "it is kept here, and the backbone does not have it yet; it is sent when it can be")
                : Condition.holds(READY, "Exported", "");
    }
}
