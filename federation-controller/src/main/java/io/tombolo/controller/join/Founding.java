package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.MemberKeys;
import io.tombolo.controller.identity.Membership;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.trustbundle.pem.Der;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The first records of a federation.
 * @param members genesis, and the founder as its first member and authority
 */
record Founding(MembersLog members, Membership membership) {
    static final long FIRST_EPOCH = 1;

    /** @param backboneHost whether Kafka runs on the founder's machine */
    static Founding make(
            FederationName name,
            ClusterSettings settings,
            X509Certificate root,
            MemberKeys keys,
            Ed25519PublicKey recoveryKey,
            boolean backboneHost,
            Instant when) {
        Instant now = when.truncatedTo(ChronoUnit.MILLIS);
        byte[] nonce = new byte[16];
        new SecureRandom().nextBytes(nonce);
        var genesis = new Payload.Genesis(
                name,
                List.of(new AuthorityKey(settings.cluster(), keys.authority().publicKey())),
                recoveryKey,
                now,
                ByteString.copyFrom(nonce));
        SignedRecord first = RecordSigner.genesis(genesis, settings.cluster(), keys.authority());
        MembersLog founded = MembersLog.founded(first);
        var admission = new Admission(
                settings.cluster(),
                settings.trustDomainIn(name),
                ByteString.copyFrom(Der.bytes(root)),
                List.of(keys.recordSigning().publicKey()),
                Grants.DEFAULT,
                backboneHost);
        FederationId id = founded.federation();
        var signer = new RecordSigner(id, settings.cluster(), FIRST_EPOCH, keys.authority());
        SignedRecord self = new MemberChange(founded, signer).admit(admission, now);
        var membership = new Membership(
                settings.cluster(), name, id, FIRST_EPOCH, settings.trustDomainIn(name), true, Membership.Ended.NO);
        return new Founding(founded.apply(self).state(), membership);
    }
}
