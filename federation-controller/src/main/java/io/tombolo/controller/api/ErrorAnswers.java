package io.tombolo.controller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a resource throws into the API's error body. */
public final class ErrorAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    @ServerExceptionMapper
    public Response known(TomboloException e) {
        return answer(e);
    }

    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException e) {
        return answer(new TomboloException(
                Fault.BAD_RESOURCE, "request body", e.getOriginalMessage(), "see /api/v1/openapi for its form"));
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException body) {
            return unreadable(body);
        }
        int status = e.getResponse().getStatus();
        Fault fault = status == 404 ? Fault.NOT_FOUND : status < 500 ? Fault.BAD_RESOURCE : Fault.INTERNAL;
        var body = new TomboloException(
                fault, "request", "HTTP " + status, "see /api/v1/openapi for paths, methods and bodies");
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON)
                .entity(ApiError.of(body))
                .build();
    }

    @ServerExceptionMapper
    public Response defect(RuntimeException e) {
        LOG.error("request failed", e);
        return answer(new TomboloException(
                Fault.INTERNAL, "request", e.getClass().getSimpleName(), "see the controller's log and report it"));
    }

    private static Response answer(TomboloException e) {
        return Response.status(ApiError.status(e.fault()))
                .type(MediaType.APPLICATION_JSON)
                .entity(ApiError.of(e))
                .build();
    }
}
