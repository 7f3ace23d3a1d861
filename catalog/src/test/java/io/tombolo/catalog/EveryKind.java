package io.tombolo.catalog;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Grants;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Locality;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.wire.log.Kind;
import io.tombolo.wire.log.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One example of every kind of record, every field set, the same in every run. */
public final class EveryKind {
    private static final Instant THEN = Instant.parse("2026-11-02T08:00:00Z");
    private static final ByteString HASH = ByteString.copyFrom(new byte[32]);
    private static final ByteString RANDOM = ByteString.copyFrom(new byte[16]);
    private static final InstanceId INSTANCE = InstanceId.of(42);

    private EveryKind() {}

    public static List<Payload> payloads() {
        return List.of(
                new Payload.Member(
                        TestFederation.WEST,
                        1,
                        MemberState.ADMITTED,
                        TestFederation.domain(TestFederation.WEST),
                        ByteString.copyFromUtf8("root"),
                        List.of(TestFederation.key(9).publicKey()),
                        Grants.DEFAULT,
                        2,
                        HASH,
                        THEN,
                        true),
                new Payload.AuthorityChange(
                        List.of(new AuthorityKey(
                                TestFederation.WEST, TestFederation.key(9).publicKey())),
                        1,
                        HASH),
                new Payload.WriterTerm(3, RANDOM),
                new Payload.Checkpoint(17),
                new Payload.ClusterInfo(
                        new Locality("eu", "a"),
                        Map.of("tier", "one", "name", "west"),
                        "0.1",
                        List.of(new HostPort("10.0.0.1", 15_012))),
                new Payload.Gateway(new GatewayInstance(
                        INSTANCE,
                        List.of(new HostPort("10.0.0.1", 15_443), new HostPort("2001:db8::1", 15_443)),
                        100,
                        true,
                        "a")),
                new Payload.Bundle(
                        TestFederation.domain(TestFederation.WEST), 4, ByteString.copyFromUtf8("{\"keys\":[]}")),
                new Payload.Revocation(Optional.empty(), ByteString.copyFromUtf8("123"), THEN, "lost"),
                new Payload.Export(TestFederation.export(TestFederation.CHECKOUT, TestFederation.WEST, THEN)),
                new Payload.Policy("failover", "shop/checkout", "1", ByteString.copyFromUtf8("{}"), false),
                new Payload.Evacuation(
                        new EvacuationOrder(TestFederation.WEST, 50, Duration.ofSeconds(60), Instant.EPOCH)),
                new Payload.Acks(
                        5,
                        HASH,
                        Map.of(TestFederation.domain(TestFederation.EAST), 2L),
                        Map.of(TestFederation.EAST, new Payload.EpochSeq(1, 9)),
                        3),
                new Payload.Health(
                        true,
                        List.of(new ServiceHealth(
                                TestFederation.CHECKOUT,
                                1,
                                2,
                                300,
                                1,
                                List.of(new RosterEntry(INSTANCE, InstanceState.READY, 100, "a")))),
                        List.of(new PathHealth(TestFederation.EAST, INSTANCE, 800, PathHealth.State.UP)),
                        7),
                new Payload.Pulse(8, 30, HASH, 5, HASH, Map.of(TestFederation.EAST, 4L), RANDOM, 2, HASH),
                new Payload.Audit(2, HASH, THEN, "admin", "token.create", "west", Map.of("ttl", "15m", "id", "77")));
    }

    /** The payloads signed by west, then a genesis, a withdrawal, and a kind that nobody knows yet. */
    public static List<SignedRecord> records() {
        RecordSigner west = TestFederation.with(TestFederation.WEST).signer(TestFederation.WEST);
        var records = new ArrayList<SignedRecord>();
        long seq = 30;
        for (Payload payload : payloads()) {
            boolean catalog = io.tombolo.catalog.record.Kinds.log(io.tombolo.catalog.record.RecordKeys.kindOf(payload))
                    == Log.LOG_CATALOG;
            records.add(west.sign(payload, 3, seq++, THEN, catalog ? HASH : ByteString.EMPTY));
        }
        records.add(TestFederation.genesis());
        records.add(west.withdraw("exported-service/shop/checkout", Kind.KIND_EXPORTED_SERVICE, 3, seq, THEN, HASH));
        return records;
    }
}
