package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.trustbundle.proof.ProofText;
import io.tombolo.wire.join.LeaveRequest;
import java.time.InstantSource;
import java.util.Optional;

/** One cluster's leaving. */
final class Leaving {
    private final StateDirectory state;
    private final Membership own;
    private final InstantSource clock;

    Leaving(StateDirectory state, Membership own, InstantSource clock) {
        this.state = state;
        this.own = own;
        this.clock = clock;
    }

    /** Signs it as an authority, or asks one. @return for the step */
    String run(Optional<Authority> authority) {
        long version = authority.isPresent()
                ? authority.get().leave(own.cluster())
                : new AuthorityContact(state).call(own.federationId(), this::ask);
        return "version " + version + " of this member says LEFT";
    }

    private long ask(EnrolmentClient client) {
        long now = clock.millis();
        byte[] text = ProofText.leave(client.exporter(), own.federationId(), own.cluster(), own.epoch(), now);
        byte[] signature = MemberKeys.of(state, own.epoch()).recordSigning().sign(text);
        return client.call(stub -> stub.leave(LeaveRequest.newBuilder()
                        .setCluster(own.cluster().value())
                        .setEpoch(own.epoch())
                        .setIssuedAtMs(now)
                        .setSignature(ByteString.copyFrom(signature))
                        .build())
                .getMemberVersion());
    }
}
