package io.tombolo.catalog;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.members.Admission;
import io.tombolo.catalog.members.MemberChange;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.Applied;
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
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A federation with keys that are the same in every run. East is its authority. Not thread-safe. */
public final class TestFederation {
    public static final ClusterId EAST = new ClusterId("east");
    public static final ClusterId WEST = new ClusterId("west");
    public static final ClusterId SOUTH = new ClusterId("south");
    public static final Instant FOUNDED = Instant.parse("2026-11-01T10:00:00Z");
    public static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");

    public static final Ed25519Key AUTHORITY = key(1);
    public static final Ed25519Key RECOVERY = key(2);

    private final Map<ClusterId, Ed25519Key> keys = new HashMap<>();
    private MembersLog members;

    public TestFederation() {
        members = MembersLog.founded(genesis());
    }

    public static TestFederation with(ClusterId... clusters) {
        var federation = new TestFederation();
        Arrays.stream(clusters).forEach(federation::admit);
        return federation;
    }

    public static SignedRecord genesis() {
        return RecordSigner.genesis(
                new Payload.Genesis(
                        new FederationName("demo"),
                        List.of(new AuthorityKey(EAST, AUTHORITY.publicKey())),
                        RECOVERY.publicKey(),
                        FOUNDED,
                        ByteString.copyFrom(new byte[16])),
                EAST,
                AUTHORITY);
    }

    public MembersLog members() {
        return members;
    }

    public FederationId id() {
        return members.federation();
    }

    public MemberChange authority() {
        return new MemberChange(members, new RecordSigner(id(), EAST, 1, AUTHORITY));
    }

    /** Admits a cluster, with new keys at each epoch. */
    public SignedRecord admit(ClusterId cluster) {
        long epoch = members.member(cluster).map(m -> m.epoch() + 1).orElse(1L);
        Ed25519Key key = key(cluster.hashCode() * 31 + (int) epoch);
        SignedRecord record = authority().admit(admission(cluster, key), FOUNDED.plusSeconds(60 * epoch));
        keys.put(cluster, key);
        apply(record);
        return record;
    }

    /** Lets a cluster sign with the first of these keys from now on; the authority admits all of them, and no others. */
    public SignedRecord changeKeys(ClusterId cluster, Ed25519Key... next) {
        var wanted = Arrays.stream(next).map(Ed25519Key::publicKey).toList();
        SignedRecord record = authority().signingKeys(cluster, wanted, FOUNDED.plusSeconds(3_000));
        apply(record);
        keys.put(cluster, next[0]);
        return record;
    }

    /** The key that a cluster signs with. */
    public Ed25519Key keyOf(ClusterId cluster) {
        return Optional.ofNullable(keys.get(cluster)).orElseThrow();
    }

    public SignedRecord evict(ClusterId cluster) {
        SignedRecord record = authority().evict(cluster, true, FOUNDED.plusSeconds(3_600));
        apply(record);
        return record;
    }

    public Applied<MembersLog> apply(SignedRecord record) {
        Applied<MembersLog> applied = members.apply(record);
        members = applied.state();
        return applied;
    }

    public RecordSigner signer(ClusterId cluster) {
        return new RecordSigner(
                id(), cluster, members.member(cluster).orElseThrow().epoch(), keys.get(cluster));
    }

    public static Admission admission(ClusterId cluster, Ed25519Key key) {
        return new Admission(
                cluster,
                domain(cluster),
                ByteString.copyFromUtf8("root of " + cluster),
                List.of(key.publicKey()),
                Grants.DEFAULT,
                false);
    }

    public static TrustDomain domain(ClusterId cluster) {
        return TrustDomain.of(cluster, new FederationName("demo"));
    }

    public static ExportedService export(
            ServiceName service, ClusterId cluster, Instant created, ExportedPort... ports) {
        return new ExportedService(
                service,
                ports.length == 0 ? List.of(new ExportedPort(80, "web", AppProtocol.HTTP)) : List.of(ports),
                ServiceType.CLUSTER_SET_IP,
                "None",
                Map.of(),
                Map.of(),
                ExportMode.PASSTHROUGH,
                List.of(new SpiffeId(domain(cluster), service.namespace(), service.name())),
                List.of(Consumer.ANYONE),
                created);
    }

    public static Ed25519Key key(int number) {
        byte[] seed = new byte[32];
        Arrays.fill(seed, (byte) 7);
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> 8);
        seed[2] = (byte) (number >> 16);
        seed[3] = (byte) (number >> 24);
        return Ed25519Key.fromSeed(seed);
    }
}
