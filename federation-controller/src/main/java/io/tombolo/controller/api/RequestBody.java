package io.tombolo.controller.api;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import org.jspecify.annotations.Nullable;

/** What came in a request's body. */
final class RequestBody {
    private RequestBody() {}

    /**
     * The body itself.
     * @throws TomboloException BAD_RESOURCE if there is none: nothing was sent, or {@code null}
     */
    static <T> T required(@Nullable T body) {
        if (body == null) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE, "request body", "is empty", "see /api/v1/openapi for its form");
        }
        return body;
    }

    /**
     * A field that must be there.
     * @throws TomboloException BAD_RESOURCE if it is not
     */
    static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new TomboloException(
                    Fault.BAD_RESOURCE,
                    "request body, field " + field,
                    "is missing",
                    "see /api/v1/openapi for its form");
        }
        return value;
    }
}
