package io.tombolo.cli.looking;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.List;

/** JSON as records. What a record has and an answer has not is a fault: nothing that is not said becomes 0, or well. */
final class Shape {
    private static final ObjectMapper JSON = new ObjectMapper()
            .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false)
            .configure(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, true)
            .configure(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, true);

    private Shape() {}

    static <T> T of(JsonNode answer, Class<T> type) {
        try {
            return JSON.convertValue(answer, type);
        } catch (IllegalArgumentException other) {
            throw new TomboloException(
                    Fault.NOT_LOOKED_AT,
                    "answer of the controller",
                    "is not as this version of the command knows it: " + firstLine(other),
                    "tombolo version",
                    other);
        }
    }

    static <T> List<T> listOf(JsonNode answer, Class<T> type) {
        return answer.valueStream().map(one -> of(one, type)).toList();
    }

    private static String firstLine(Exception told) {
        return String.valueOf(told.getMessage()).lines().findFirst().orElse("");
    }
}
