package io.tombolo.controller.api;

import static io.tombolo.controller.api.RequestBody.required;

import com.google.protobuf.ByteString;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.join.Authority;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.tokens.Grant;
import io.tombolo.controller.tokens.JoinTokenRecord;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.tokens.TokenId;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.text.TokenText;
import io.tombolo.wire.token.JoinToken;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Join tokens; authorities only. */
@Singleton
@RunOnVirtualThread
@Path("/api/v1/tokens")
public final class JoinTokensResource {
    private final JoinTokens tokens;
    private final Federation federation;
    private final ClusterCa ca;
    private final Addresses addresses;
    private final Changes changes;
    private final Callers callers;

    @Inject
    public JoinTokensResource(
            JoinTokens tokens,
            Federation federation,
            ClusterCa ca,
            Addresses addresses,
            Changes changes,
            Callers callers) {
        this.tokens = tokens;
        this.federation = federation;
        this.ca = ca;
        this.addresses = addresses;
        this.changes = changes;
        this.callers = callers;
    }

    /** What the cluster may do; absent = everything within bounds. */
    public record GrantWanted(
            @Nullable List<String> mayExport,
            @Nullable Integer maxExports,
            @Nullable Integer maxGateways) {}

    /** For which cluster. */
    public record Wanted(
            @Nullable String cluster,
            @Nullable Long ttlSeconds,
            @Nullable GrantWanted grants) {}

    /**
     * The new token; its text is shown this once.
     * @param manualAcls commands for Kafka's administrator, to be run before the token is used; absent where the authority
     *                   administers Kafka
     */
    public record Made(
            String id,
            String token,
            String cluster,
            String expiresAt,
            @Nullable String manualAcls) {}

    /** One that exists. */
    public record Listed(String id, String cluster, String state, String createdAt, String expiresAt, Grant grants) {
        static Listed of(JoinTokenRecord token, Instant now) {
            boolean expired = token.state().word().equals("open") && !now.isBefore(token.expiresAt());
            return new Listed(
                    token.id().hex(),
                    token.cluster().value(),
                    expired ? "expired" : token.state().word(),
                    token.createdAt().toString(),
                    token.expiresAt().toString(),
                    token.grant());
        }
    }

    @POST
    public Made create(Wanted wanted) {
        callers.current().mustOperate("create a join token");
        Authority authority = federation.requireAuthority("token create");
        Membership own = authority.membership();
        var cluster = new ClusterId(required("cluster", required(wanted).cluster()));
        Ed25519Key key = Ed25519Key.generate();
        JoinTokenRecord token = tokens.create(
                cluster, key.publicKey(), grant(wanted.grants()), Ttl.of(wanted.ttlSeconds()), Instant.now());
        changes.audit(
                callers.current(), "token.create", cluster + " " + token.id().hex());
        String text = TokenText.write(JoinToken.newBuilder()
                .setFederationId(ByteString.copyFrom(own.federationId().bytes()))
                .setFederationName(own.federation().value())
                .addEnrolmentAddresses(addresses.enrolment())
                .setCaPin(ByteString.copyFrom(ca.pin().bytes()))
                .setCluster(cluster.value())
                .setTokenId(ByteString.copyFrom(token.id().bytes()))
                .setExpiresAtMs(token.expiresAt().toEpochMilli())
                .setSeed(ByteString.copyFrom(key.seed()))
                .build());
        return new Made(
                token.id().hex(),
                text,
                cluster.value(),
                token.expiresAt().toString(),
                authority.commandsToAdmit(cluster).orElse(null));
    }

    @GET
    public List<Listed> list() {
        Instant now = Instant.now();
        return tokens.list().stream().map(token -> Listed.of(token, now)).toList();
    }

    @DELETE
    @Path("/{id}")
    public Listed revoke(@PathParam("id") String id) {
        callers.current().mustOperate("revoke a join token");
        JoinTokenRecord revoked = tokens.revoke(new TokenId(id), Instant.now());
        changes.audit(callers.current(), "token.revoke", id);
        return Listed.of(revoked, Instant.now());
    }

    private static Grant grant(@Nullable GrantWanted wanted) {
        if (wanted == null) {
            return Grant.DEFAULT;
        }
        return new Grant(
                wanted.mayExport() == null ? Grant.DEFAULT.mayExport() : wanted.mayExport(),
                wanted.maxExports() == null ? Grant.DEFAULT.maxExports() : wanted.maxExports(),
                wanted.maxGateways() == null ? Grant.DEFAULT.maxGateways() : wanted.maxGateways());
    }
}
