package io.tombolo.catalog.snapshot;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import io.tombolo.catalog.record.Applied;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Position;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.log.SignedEnvelope;
import io.tombolo.wire.state.Origin;
import io.tombolo.wire.state.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Turns a snapshot into bytes, and bytes into a snapshot that was verified as if it had been read from Kafka. */
final class SnapshotCodec {
    private SnapshotCodec() {}

    /** Says what does not verify. */
    static final class NotVerified extends Exception {
        private static final long serialVersionUID = 1L;

        NotVerified(String why) {
            super(why, null, false, false);
        }
    }

    static io.tombolo.wire.state.Snapshot toWire(Snapshot snapshot) {
        MembersLog members = snapshot.members();
        return io.tombolo.wire.state.Snapshot.newBuilder()
                .setFederationId(ByteString.copyFrom(members.federation().bytes()))
                .addAllMembers(members.records())
                .addAllOrigins(snapshot.origins().stream()
                        .filter(origin -> isLive(members, origin))
                        .map(origin -> origin(origin, members))
                        .toList())
                .addAllTopics(
                        snapshot.topics().stream().map(SnapshotCodec::topic).toList())
                .setWrittenAtMs(snapshot.writtenAt().toEpochMilli())
                .setMembersVersion(members.version())
                .setMembersHead(members.head())
                .setMembersNewsAtMs(snapshot.newsAt().toEpochMilli())
                .build();
    }

    static Snapshot toModel(byte[] payload, FederationId federation) throws NotVerified {
        io.tombolo.wire.state.Snapshot wire = parse(payload);
        if (!wire.getFederationId().equals(ByteString.copyFrom(federation.bytes()))) {
            throw new NotVerified("it belongs to another federation");
        }
        MembersLog members = members(wire, federation);
        var origins = new ArrayList<OriginState>();
        for (Origin origin : wire.getOriginsList()) {
            members = members.remembering(cluster(origin.getCluster()), formerKeys(origin));
            origins.add(origin(origin, members));
        }
        return new Snapshot(
                members,
                origins,
                wire.getTopicsList().stream().map(SnapshotCodec::topic).toList(),
                Instant.ofEpochMilli(wire.getWrittenAtMs()),
                Instant.ofEpochMilli(
                        wire.getMembersNewsAtMs() == 0 ? wire.getWrittenAtMs() : wire.getMembersNewsAtMs()));
    }

    /** Records of members that are none any more cannot be verified, and nobody needs them. */
    private static boolean isLive(MembersLog members, OriginState origin) {
        return members.member(origin.cluster())
                .filter(member -> member.state() == MemberState.ADMITTED
                        && member.epoch() == origin.position().epoch())
                .isPresent();
    }

    private static Origin origin(OriginState origin, MembersLog members) {
        Position position = origin.position();
        return Origin.newBuilder()
                .setCluster(origin.cluster().value())
                .setEpoch(position.epoch())
                .setTerm(position.term())
                .setSeq(position.seq())
                .addAllRecords(origin.all().stream().map(SignedRecord::signed).toList())
                .setLiveDigest(origin.digest())
                .setBundleSequence(bundleSequence(origin))
                .addAllFormerKeys(formerKeys(origin, members))
                .build();
    }

    /** A key may have been removed whose records are not replaced here yet: they stay in use until they are. */
    private static List<ByteString> formerKeys(OriginState origin, MembersLog members) {
        return members.formerKeys(origin.cluster()).stream()
                .filter(key -> origin.all().stream()
                        .anyMatch(record -> record.keyId().equals(ByteString.copyFrom(key.keyId()))))
                .map(key -> ByteString.copyFrom(key.raw()))
                .toList();
    }

    private static long bundleSequence(OriginState origin) {
        return origin.live(Payload.Bundle.class).stream()
                .mapToLong(Payload.Bundle::sequence)
                .max()
                .orElse(0);
    }

    private static MembersLog members(io.tombolo.wire.state.Snapshot wire, FederationId federation) throws NotVerified {
        MembersLog members = restored(wire, federation);
        if (!members.head().equals(wire.getMembersHead())) {
            throw new NotVerified("its members do not have the head that it names");
        }
        return members;
    }

    private static MembersLog restored(io.tombolo.wire.state.Snapshot wire, FederationId federation)
            throws NotVerified {
        try {
            return MembersLog.restored(federation, wire.getMembersList());
        } catch (TomboloException refused) {
            throw new NotVerified(refused.where() + ": " + refused.what());
        }
    }

    private static OriginState origin(Origin wire, MembersLog members) throws NotVerified {
        OriginState origin = OriginState.of(cluster(wire.getCluster()));
        for (SignedEnvelope signed : wire.getRecordsList()) {
            origin = taken(origin.apply(verified(members, reopened(signed))));
        }
        if (!origin.digest().equals(wire.getLiveDigest())) {
            throw new NotVerified("the records of " + wire.getCluster() + " do not have the digest that it names");
        }
        return origin.notBefore(new Position(wire.getEpoch(), wire.getTerm(), wire.getSeq()));
    }

    private static List<Ed25519PublicKey> formerKeys(Origin wire) throws NotVerified {
        var keys = new ArrayList<Ed25519PublicKey>();
        for (ByteString raw : wire.getFormerKeysList()) {
            try {
                keys.add(new Ed25519PublicKey(raw.toByteArray()));
            } catch (TomboloException notAKey) {
                throw new NotVerified(notAKey.where() + ": " + notAKey.what());
            }
        }
        return keys;
    }

    private static io.tombolo.catalog.members.Verified verified(MembersLog members, SignedRecord record)
            throws NotVerified {
        try {
            return members.verifyKept(record);
        } catch (TomboloException refused) {
            throw new NotVerified(refused.where() + ": " + refused.what());
        }
    }

    private static ClusterId cluster(String name) throws NotVerified {
        try {
            return new ClusterId(name);
        } catch (TomboloException notAName) {
            throw new NotVerified("it names a cluster that cannot be");
        }
    }

    private static SignedRecord reopened(SignedEnvelope signed) throws NotVerified {
        try {
            return RecordReader.reopen(signed);
        } catch (TomboloException refused) {
            throw new NotVerified(refused.where() + ": " + refused.what());
        }
    }

    private static <S> S taken(Applied<S> applied) throws NotVerified {
        if (applied.verdict() instanceof Verdict.Refused refused) {
            throw new NotVerified(refused.text());
        }
        return applied.state();
    }

    private static io.tombolo.wire.state.Snapshot parse(byte[] payload) throws NotVerified {
        try {
            return io.tombolo.wire.state.Snapshot.parseFrom(payload);
        } catch (InvalidProtocolBufferException notASnapshot) {
            throw new NotVerified("its content cannot be read");
        }
    }

    private static Topic topic(TopicPosition topic) {
        return Topic.newBuilder()
                .setName(topic.topic())
                .setTopicId(topic.topicId())
                .setNextOffset(topic.nextOffset())
                .build();
    }

    private static TopicPosition topic(Topic topic) {
        return new TopicPosition(topic.getName(), topic.getTopicId(), topic.getNextOffset());
    }
}
