package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import com.google.protobuf.ByteString;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.controller.tokens.ProxyTokenRecord;
import io.tombolo.controller.tokens.ProxyTokens;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.WorkloadToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens for sidecars and gateways. The text is shown once. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1")
public final class ProxyTokensResource {
    private final ProxyTokens tokens;
    private final ClusterSettings settings;
    private final CurrentMembership membership;
    private final ClusterCa ca;
    private final Addresses addresses;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public ProxyTokensResource(
            ProxyTokens tokens,
            ClusterSettings settings,
            CurrentMembership membership,
            ClusterCa ca,
            Addresses addresses,
            Changes changes,
            Callers callers) {
        this.tokens = tokens;
        this.settings = settings;
        this.membership = membership;
        this.ca = ca;
        this.addresses = addresses;
        this.changes = changes;
        this.callers = callers;
    }

    /** Which workload; {@code ttlSeconds} absent = 15 minutes. */
    public record WorkloadWanted(
            @Nullable String namespace,
            @Nullable String account,
            @Nullable Long ttlSeconds) {}

    /** {@code ttlSeconds} absent = 15 minutes. */
    public record GatewayWanted(@Nullable Long ttlSeconds) {}

    /** A new token. */
    public record Made(String id, String token, String expiresAt) {}

    @POST
    @Path("/workload-tokens")
    public Made workload(WorkloadWanted wanted) {
        var role = new ProxyRole.Workload(
                required("namespace", required(wanted).namespace()), required("account", wanted.account()));
        callers.current().mustOwn(role.namespace(), "create a workload token");
        return make(role, Ttl.of(wanted.ttlSeconds()), role.namespace(), role.account());
    }

    @POST
    @Path("/gateway-tokens")
    public Made gateway(GatewayWanted wanted) {
        callers.current().mustOperate("create a gateway token");
        return make(new ProxyRole.Gateway(), Ttl.of(required(wanted).ttlSeconds()), "", "");
    }

    private Made make(ProxyRole role, Duration ttl, String namespace, String account) {
        Ed25519Key key = Ed25519Key.generate();
        ProxyTokenRecord token = tokens.create(key.publicKey(), role, ttl, Instant.now());
        changes.audit(
                callers.current(),
                role instanceof ProxyRole.Gateway ? "gateway-token.create" : "workload-token.create",
                token.id().hex());
        WorkloadToken.Builder text = WorkloadToken.newBuilder()
                .addControllerAddresses(addresses.proxies())
                .setCaPin(ByteString.copyFrom(ca.pin().bytes()))
                .setCluster(settings.cluster().value())
                .setTokenId(ByteString.copyFrom(token.id().bytes()))
                .setExpiresAtMs(token.expiresAt().toEpochMilli())
                .setSeed(ByteString.copyFrom(key.seed()))
                .setNamespace(namespace)
                .setAccount(account);
        membership
                .active()
                .map(Membership::federationId)
                .ifPresent(id -> text.setFederationId(ByteString.copyFrom(id.bytes())));
        return new Made(
                token.id().hex(),
                TokenText.write(text.build()),
                token.expiresAt().toString());
    }
}
