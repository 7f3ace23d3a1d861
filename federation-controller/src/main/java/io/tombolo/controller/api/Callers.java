package io.tombolo.controller.api;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.tombolo.controller.tokens.Caller;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

/** The caller of the current request. */
@RequestScoped
public class Callers {
    private final CurrentVertxRequest request;

    @Inject
    public Callers(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Who calls; the gate let nobody else through. */
    public Caller current() {
        return ApiGate.caller(request.getCurrent());
    }
}
