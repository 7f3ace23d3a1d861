package io.tombolo.controller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tombolo.controller.tokens.AccessTokens;
import io.tombolo.controller.tokens.Caller;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The door: nothing behind it, health and metrics included, answers a request without a credential. Runs on event loops; it
 * compares hashes in memory.
 */
@Singleton
public final class ApiGate {
    private static final String CALLER = "tombolo.caller";
    private static final String SCHEME = "Bearer ";
    private static final int BEFORE_EVERYTHING = 10_000;

    private final AccessTokens tokens;
    private final ObjectMapper json;

    @Inject
    public ApiGate(AccessTokens tokens, ObjectMapper json) {
        this.tokens = tokens;
        this.json = json;
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_EVERYTHING);
    }

    /** Who made the request that {@code context} belongs to. */
    static Caller caller(RoutingContext context) {
        return Objects.requireNonNull(context.<Caller>get(CALLER), "the gate names every caller");
    }

    private void check(RoutingContext context) {
        @Nullable String header = context.request().getHeader("Authorization");
        Optional<Caller> caller = header != null && header.startsWith(SCHEME)
                ? tokens.authenticate(header.substring(SCHEME.length()).strip())
                : Optional.empty();
        caller.ifPresentOrElse(
                known -> {
                    context.put(CALLER, known);
                    context.next();
                },
                () -> refuse(context));
    }

    private void refuse(RoutingContext context) {
        var fault = new TomboloException(
                Fault.UNAUTHENTICATED,
                "request",
                "it carries no valid bearer token",
                "use the token file that the context names, or ask an operator for a credential");
        context.response()
                .setStatusCode(ApiError.status(fault.fault()))
                .putHeader("WWW-Authenticate", "Bearer")
                .putHeader("Content-Type", "application/json")
                .end(body(fault));
    }

    private String body(TomboloException fault) {
        try {
            return json.writeValueAsString(ApiError.of(fault));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
