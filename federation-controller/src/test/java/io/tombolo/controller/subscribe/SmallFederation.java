package io.tombolo.controller.subscribe;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.backbone.BackboneConnection;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.trustbundle.key.P256Key;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.x509.BackboneAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** East, which is the authority, and west; and a Kafka that nobody runs. */
final class SmallFederation {
    static final FederationName DEMO = new FederationName("demo");
    static final ClusterId EAST = new ClusterId("east");
    static final ClusterId WEST = new ClusterId("west");

    private static final Instant FOUNDED = Instant.parse("2026-11-01T10:00:00Z");

    private final Ed25519Key authority = Ed25519Key.generate();
    private final Ed25519Key east = Ed25519Key.generate();
    private final Ed25519Key west = Ed25519Key.generate();
    private MembersLog members = MembersLog.founded(RecordSigner.genesis(
            new Payload.Genesis(
                    DEMO,
                    List.of(new AuthorityKey(EAST, authority.publicKey())),
                    Ed25519Key.generate().publicKey(),
                    FOUNDED,
                    ByteString.copyFrom(new byte[16])),
            EAST,
            authority));

    SmallFederation() {
        admit(EAST, east);
        admit(WEST, west);
    }

    MembersLog members() {
        return members;
    }

    RecordSigner west() {
        return new RecordSigner(members.federation(), WEST, 1, west);
    }

    /** Signed, and not yet known to anybody. */
    SignedRecord evictionOfWest() {
        return change().evict(WEST, true, FOUNDED.plusSeconds(60));
    }

    private MemberChange change() {
        return new MemberChange(members, new RecordSigner(members.federation(), EAST, 1, authority));
    }

    private void admit(ClusterId cluster, Ed25519Key key) {
        var admission = new Admission(
                cluster,
                TrustDomain.of(cluster, DEMO),
                ByteString.copyFromUtf8("root of " + cluster),
                List.of(key.publicKey()),
                Grants.DEFAULT,
                false);
        members = members.apply(change().admit(admission, FOUNDED)).state();
    }

    /** Port 1 of this machine, where nothing answers. */
    static BackboneConnection nobody() {
        var ca = BackboneAuthority.create("nobody", P256Key.generate(), Instant.now(), Duration.ofDays(1));
        P256Key key = P256Key.generate();
        var credential = new CertifiedKey(
                ca.issueClient(key.publicKey(), "tombolo.demo.east.1", Instant.now(), Duration.ofHours(1)),
                key.privateKey());
        return new BackboneConnection(List.of("127.0.0.1:1"), List.of(ca.root()), () -> credential);
    }
}
