package io.tombolo.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.cli.context.Context;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Arrays;

/** Turns an error answer back into the fault that the controller meant. */
final class ApiFault {
    private ApiFault() {}

    static TomboloException of(Context context, int status, JsonNode answer) {
        return new TomboloException(
                fault(answer.path("code").asText(), status),
                answer.path("where").asText("controller of " + context.cluster()),
                answer.path("what").asText("answered HTTP " + status),
                answer.path("fix").asText(""));
    }

    private static Fault fault(String code, int status) {
        return Arrays.stream(Fault.values())
                .filter(f -> f.code().equals(code))
                .findFirst()
                .orElse(byStatus(status));
    }

    private static Fault byStatus(int status) {
        return switch (status) {
            case 400 -> Fault.USAGE;
            case 401 -> Fault.UNAUTHENTICATED;
            case 403 -> Fault.FORBIDDEN;
            case 404 -> Fault.NOT_FOUND;
            case 503 -> Fault.CONTROLLER_UNREACHABLE;
            default -> Fault.INTERNAL;
        };
    }
}
