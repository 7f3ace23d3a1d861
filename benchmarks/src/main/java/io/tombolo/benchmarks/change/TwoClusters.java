package io.tombolo.benchmarks.change;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.origin.OriginWriter;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A federation of two, and what its members sign. */
final class TwoClusters {
    static final FederationName FEDERATION = new FederationName("demo");
    static final Instant FOUNDED = Instant.parse("2026-11-01T10:00:00Z");

    /** East has the controller that is measured, west is the other one. */
    enum Side {
        EAST,
        WEST;

        ClusterId cluster() {
            return new ClusterId(name().toLowerCase(java.util.Locale.ROOT));
        }

        TrustDomain trustDomain() {
            return TrustDomain.of(cluster(), FEDERATION);
        }
    }

    private final Ed25519Key authority = Ed25519Key.generate();
    private final Map<Side, Ed25519Key> keys = new EnumMap<>(Side.class);
    private final Map<Side, OriginState> written = new EnumMap<>(Side.class);
    private MembersLog members = MembersLog.founded(RecordSigner.genesis(
            new Payload.Genesis(
                    FEDERATION,
                    List.of(new AuthorityKey(Side.EAST.cluster(), authority.publicKey())),
                    Ed25519Key.generate().publicKey(),
                    FOUNDED,
                    ByteString.copyFrom(new byte[16])),
            Side.EAST.cluster(),
            authority));
    private long last;

    TwoClusters() {
        for (Side side : Side.values()) {
            keys.put(side, Ed25519Key.generate());
            written.put(side, OriginState.of(side.cluster()));
            admit(side);
        }
    }

    private void admit(Side side) {
        var admission = new Admission(
                side.cluster(),
                side.trustDomain(),
                ByteString.copyFromUtf8("root of " + side),
                List.of(key(side).publicKey()),
                Grants.DEFAULT,
                false);
        var by = new RecordSigner(members.federation(), Side.EAST.cluster(), 1, authority);
        members = members.apply(new MemberChange(members, by).admit(admission, FOUNDED))
                .state();
    }

    MembersLog members() {
        return members;
    }

    RecordSigner signer(Side side) {
        return new RecordSigner(members.federation(), side.cluster(), 1, key(side));
    }

    private Ed25519Key key(Side side) {
        return keys.computeIfAbsent(side, _ -> Ed25519Key.generate());
    }

    /** @param said of the export, as an annotation: another one is a change */
    SignedRecord exports(Side side, int number, String said) {
        return publishes(side, new Payload.Export(export(side, number, said)));
    }

    SignedRecord publishes(Side side, Payload payload) {
        OriginState before = written.getOrDefault(side, OriginState.of(side.cluster()));
        SignedRecord record = new OriginWriter(signer(side)).publish(before, payload, 1, ++last, FOUNDED);
        written.put(side, before.apply(members.verify(record)).state());
        return record;
    }

    SignedRecord beats(Side side) {
        OriginState now = written.getOrDefault(side, OriginState.of(side.cluster()));
        var pulse = new Payload.Pulse(
                ++last,
                now.position().seq(),
                now.digest(),
                members.version(),
                members.head(),
                Map.of(),
                ByteString.copyFrom(new byte[16]),
                0,
                ByteString.EMPTY);
        return signer(side).sign(pulse, 1, last, Instant.now());
    }

    static ServiceName service(int number) {
        return new ServiceName("shop", "s" + number);
    }

    private static ExportedService export(Side side, int number, String said) {
        ServiceName service = service(number);
        return new ExportedService(
                service,
                List.of(new ExportedPort(80, "web", AppProtocol.HTTP)),
                ServiceType.CLUSTER_SET_IP,
                "None",
                Map.of(),
                Map.of("said", said),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(side.trustDomain(), service.namespace(), service.name())),
                List.of(Consumer.ANYONE),
                FOUNDED);
    }
}
