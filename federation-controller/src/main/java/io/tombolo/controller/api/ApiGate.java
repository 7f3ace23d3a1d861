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
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The door: nothing behind it, health and metrics included, answers a request without a credential. Runs on event loops; it
 * compares hashes in memory, or checks two signatures of a certificate.
 */
@Singleton
public final class ApiGate {
    private static final String CALLER = "tombolo.caller";
    private static final String SCHEME = "Bearer ";
    private static final int BEFORE_EVERYTHING = 10_000;

    private final AccessTokens tokens;
    private final ClientCertificates certificates;
    private final ObjectMapper json;

    @Inject
    public ApiGate(AccessTokens tokens, ClientCertificates certificates, ObjectMapper json) {
        this.tokens = tokens;
        this.certificates = certificates;
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
        Optional<Caller> caller = header == null ? byCertificate(context) : byToken(header);
        caller.ifPresentOrElse(
                known -> {
                    context.put(CALLER, known);
                    context.next();
                },
                () -> refuse(context));
    }

    /** A token that is none is not made good by a certificate. */
    private Optional<Caller> byToken(String header) {
        return header.startsWith(SCHEME)
                ? tokens.authenticate(header.substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private Optional<Caller> byCertificate(RoutingContext context) {
        @Nullable SSLSession session = context.request().sslSession();
        if (session == null) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> chain = Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
            return certificates.authenticate(chain, Instant.now());
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    private void refuse(RoutingContext context) {
        var fault = new TomboloException(
                Fault.UNAUTHENTICATED,
                "request",
                "it carries no valid bearer token or client certificate",
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
