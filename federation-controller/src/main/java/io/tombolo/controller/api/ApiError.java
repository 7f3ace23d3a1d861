package io.tombolo.controller.api;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** The body of every answer that is not a success. */
public record ApiError(String code, String name, String where, String what, String fix, String message) {
    static ApiError of(TomboloException e) {
        return new ApiError(
                e.fault().code(), e.fault().name(), e.where(), e.what(), e.fix(), String.valueOf(e.getMessage()));
    }

    /** The HTTP status of a fault. */
    static int status(Fault fault) {
        return switch (fault) {
            case NOT_FOUND -> 404;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            default ->
                switch (fault.kind()) {
                    case INPUT, CLIENT -> 400;
                    case REFUSED, STATE, SECURITY -> 409;
                    case UNAVAILABLE -> 503;
                    case BUG -> 500;
                };
        };
    }
}
