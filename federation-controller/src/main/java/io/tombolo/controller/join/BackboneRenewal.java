package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.controller.backbone.BackboneCredentials;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.trustbundle.x509.CertificateRequest;
import io.tombolo.wire.join.Backbone;
import io.tombolo.wire.join.RenewBackboneRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Renews this member's client certificate for Kafka at half its life; looks once a minute. */
public final class BackboneRenewal implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackboneRenewal.class);
    private static final Duration LOOK = Duration.ofMinutes(1);

    private final StateDirectory state;
    private final Membership own;
    private final BackboneAccess access;
    private final Supplier<Optional<Authority>> authority;
    private final InstantSource clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("backbone-renewal").factory());

    /** @param authority this cluster itself, if it is one */
    public BackboneRenewal(
            StateDirectory state,
            Membership own,
            BackboneAccess access,
            Supplier<Optional<Authority>> authority,
            InstantSource clock) {
        this.state = state;
        this.own = own;
        this.access = access;
        this.authority = authority;
        this.clock = clock;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 0, LOOK.toSeconds(), TimeUnit.SECONDS);
    }

    private void look() {
        try {
            if (BackboneCredentials.renewalDue(access.leaf(), clock.instant())) {
                Backbone renewed = credential(CertificateRequest.make(
                        MemberKeys.of(state, own.epoch()).backbone()));
                new FederationFile(state).write(renewed);
                access.renewed(renewed);
                LOG.atInfo().addKeyValue("expires", renewed.getExpiresAtMs()).log("backbone credential renewed");
            }
        } catch (RuntimeException failed) {
            LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("backbone credential was not renewed yet");
        }
    }

    /** A client certificate for this member, also for another replica's key. Blocks for the authority's answer. */
    public Backbone credential(CertificateRequest request) {
        return authority.get().map(self -> self.credential(own, request)).orElseGet(() -> asked(request));
    }

    private Backbone asked(CertificateRequest request) {
        return new AuthorityContact(state).call(own.federationId(), client -> {
            long now = clock.millis();
            byte[] text = ProofText.renewBackbone(
                    client.exporter(), own.federationId(), own.cluster(), own.epoch(), now, request.der());
            byte[] signature = MemberKeys.of(state, own.epoch()).recordSigning().sign(text);
            return client.call(stub -> stub.renewBackbone(RenewBackboneRequest.newBuilder()
                            .setCluster(own.cluster().value())
                            .setEpoch(own.epoch())
                            .setBackboneRequest(ByteString.copyFrom(request.der()))
                            .setIssuedAtMs(now)
                            .setSignature(ByteString.copyFrom(signature))
                            .build())
                    .getBackbone());
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
