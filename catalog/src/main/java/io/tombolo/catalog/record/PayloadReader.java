package io.tombolo.catalog.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.Labels;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.codec.CriticalFields;
import io.tombolo.wire.codec.ExportCodec;
import io.tombolo.wire.codec.GatewayCodec;
import io.tombolo.wire.codec.HealthCodec;
import io.tombolo.wire.codec.MemberCodec;
import io.tombolo.wire.log.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the payload of an envelope into a value. Limits here keep one record from holding much more than it looks. */
final class PayloadReader {
    /** Of 3 authorities, with 3 keys each: of their replicas. */
    private static final int MAX_AUTHORITY_KEYS = 9;

    private static final int MAX_SIGNING_KEYS = 4;
    private static final int MAX_ROOT_BYTES = 8 * 1_024;
    private static final int RANDOM_LENGTH = 16;
    private static final int MAX_TEXT = 1_024;

    private PayloadReader() {}

    static Payload read(String where, Envelope envelope) {
        if (envelope.getWithdrawn()) {
            return new Payload.Withdrawn();
        }
        try {
            return value(envelope, envelope.getPayload());
        } catch (TomboloException refused) {
            throw Refusal.ofPayload(where + " " + envelope.getKey(), refused);
        }
    }

    private static Payload value(Envelope envelope, ByteString bytes) {
        return switch (envelope.getKind()) {
            case KIND_GENESIS -> genesis(parse(io.tombolo.wire.log.Genesis.parser(), bytes));
            case KIND_MEMBER -> member(parse(io.tombolo.wire.log.Member.parser(), bytes));
            case KIND_AUTHORITY_CHANGE -> change(parse(io.tombolo.wire.log.AuthorityChange.parser(), bytes));
            case KIND_WRITER_TERM -> term(parse(io.tombolo.wire.log.WriterTerm.parser(), bytes));
            case KIND_CHECKPOINT ->
                new Payload.Checkpoint(
                        parse(io.tombolo.wire.log.Checkpoint.parser(), bytes).getCollectedThroughSeq());
            case KIND_CLUSTER_INFO -> info(parse(io.tombolo.wire.log.ClusterInfo.parser(), bytes));
            case KIND_GATEWAY ->
                new Payload.Gateway(GatewayCodec.toModel(parse(io.tombolo.wire.log.Gateway.parser(), bytes)));
            case KIND_TRUST_BUNDLE -> bundle(parse(io.tombolo.wire.log.TrustBundle.parser(), bytes));
            case KIND_REVOCATION -> revocation(parse(io.tombolo.wire.log.Revocation.parser(), bytes));
            case KIND_EXPORTED_SERVICE ->
                new Payload.Export(ExportCodec.toModel(parse(io.tombolo.wire.log.ExportedService.parser(), bytes)));
            case KIND_POLICY_DOCUMENT ->
                policy(envelope.getKey(), parse(io.tombolo.wire.log.PolicyDocument.parser(), bytes));
            case KIND_EVACUATION -> evacuation(parse(io.tombolo.wire.log.Evacuation.parser(), bytes));
            case KIND_ACKS -> acks(parse(io.tombolo.wire.log.Acks.parser(), bytes));
            case KIND_HEALTH_BATCH -> health(parse(io.tombolo.wire.log.HealthBatch.parser(), bytes));
            case KIND_PULSE -> pulse(parse(io.tombolo.wire.log.Pulse.parser(), bytes));
            case KIND_AUDIT_ENTRY -> audit(parse(io.tombolo.wire.log.AuditEntry.parser(), bytes));
            case UNRECOGNIZED -> new Payload.Unknown(envelope.getKindValue(), bytes);
            case KIND_UNSPECIFIED -> throw bad("its kind is missing");
        };
    }

    private static <T extends Message> T parse(Parser<T> parser, ByteString bytes) {
        try {
            T message = parser.parseFrom(bytes);
            CriticalFields.refuseUnknown("payload", message);
            return message;
        } catch (InvalidProtocolBufferException notAMessage) {
            throw bad("it cannot be read");
        }
    }

    private static Payload genesis(io.tombolo.wire.log.Genesis wire) {
        length("nonce", wire.getNonce(), RANDOM_LENGTH);
        return new Payload.Genesis(
                new FederationName(wire.getFederationName()),
                authorities(wire.getAuthoritiesList()),
                key(wire.getRecoveryPublicKey()),
                instant(wire.getFoundedAtMs()),
                wire.getNonce());
    }

    private static List<AuthorityKey> authorities(List<io.tombolo.wire.log.Authority> wire) {
        check(!wire.isEmpty() && wire.size() <= MAX_AUTHORITY_KEYS, "1 to " + MAX_AUTHORITY_KEYS + " authority keys");
        return wire.stream()
                .map(each -> new AuthorityKey(new ClusterId(each.getCluster()), key(each.getPublicKey())))
                .toList();
    }

    private static Payload member(io.tombolo.wire.log.Member wire) {
        check(wire.getEpoch() >= 1 && wire.getVersion() >= 1, "epoch and version of 1 or more");
        length("previous hash", wire.getPrevHash(), wire.getVersion() == 1 ? 0 : RecordFormat.HASH_LENGTH);
        check(!wire.getFirstRoot().isEmpty() && wire.getFirstRoot().size() <= MAX_ROOT_BYTES, "a first root");
        int keys = wire.getRecordSigningKeysCount();
        check(keys >= 1 && keys <= MAX_SIGNING_KEYS, "1 to " + MAX_SIGNING_KEYS + " signing keys");
        MemberState state = MemberCodec.toModel(wire.getState());
        return new Payload.Member(
                new ClusterId(wire.getCluster()),
                wire.getEpoch(),
                state,
                new TrustDomain(wire.getTrustDomain()),
                wire.getFirstRoot(),
                wire.getRecordSigningKeysList().stream().map(PayloadReader::key).toList(),
                grants(wire.getGrants()),
                wire.getVersion(),
                wire.getPrevHash(),
                instant(wire.getAdmittedAtMs()),
                wire.getBackboneHost());
    }

    private static Grants grants(io.tombolo.wire.log.Grants wire) {
        return new Grants(wire.getMayExportList(), wire.getMaxExports(), wire.getMaxGateways());
    }

    private static Payload change(io.tombolo.wire.log.AuthorityChange wire) {
        check(wire.getVersion() >= 1, "a version of 1 or more");
        length("previous hash", wire.getPrevHash(), RecordFormat.HASH_LENGTH);
        return new Payload.AuthorityChange(
                authorities(wire.getAuthoritiesList()), wire.getVersion(), wire.getPrevHash());
    }

    private static Payload term(io.tombolo.wire.log.WriterTerm wire) {
        check(wire.getTerm() >= 1, "a term of 1 or more");
        length("start id", wire.getStartId(), RANDOM_LENGTH);
        return new Payload.WriterTerm(wire.getTerm(), wire.getStartId());
    }

    private static Payload info(io.tombolo.wire.log.ClusterInfo wire) {
        check(wire.getLabelsCount() <= 64 && wire.getEnrolmentAddressesCount() <= 16, "64 labels and 16 addresses");
        wire.getLabelsMap().forEach((key, value) -> check(Labels.isLabel(key, value), "labels that are such"));
        return new Payload.ClusterInfo(
                new Locality(wire.getRegion(), wire.getZone()),
                wire.getLabelsMap(),
                text(wire.getSoftwareVersion()),
                wire.getEnrolmentAddressesList().stream().map(HostPort::parse).toList());
    }

    private static Payload bundle(io.tombolo.wire.log.TrustBundle wire) {
        check(wire.getSequence() >= 0, "a sequence of 0 or more");
        return new Payload.Bundle(new TrustDomain(wire.getTrustDomain()), wire.getSequence(), wire.getJwks());
    }

    private static Payload revocation(io.tombolo.wire.log.Revocation wire) {
        check(wire.getSpiffeId().isEmpty() != wire.getSerial().isEmpty(), "either an id or a serial number");
        check(wire.getSerial().size() <= 20, "a serial number of at most 20 bytes");
        Optional<SpiffeId> id =
                wire.getSpiffeId().isEmpty() ? Optional.empty() : Optional.of(SpiffeId.require(wire.getSpiffeId()));
        return new Payload.Revocation(id, wire.getSerial(), instant(wire.getRevokedAtMs()), text(wire.getReason()));
    }

    private static Payload policy(String key, io.tombolo.wire.log.PolicyDocument wire) {
        String prefix = Kinds.word(io.tombolo.wire.log.Kind.KIND_POLICY_DOCUMENT) + "/" + wire.getKind() + "/";
        check(key.startsWith(prefix) && key.length() > prefix.length(), "a key that names kind and policy");
        return new Payload.Policy(
                text(wire.getKind()),
                key.substring(prefix.length()),
                text(wire.getVersion()),
                wire.getDocument(),
                wire.getFederationWide());
    }

    private static Payload evacuation(io.tombolo.wire.log.Evacuation wire) {
        return new Payload.Evacuation(new EvacuationOrder(
                new ClusterId(wire.getCluster()),
                wire.getPercent(),
                Duration.ofMillis(Integer.toUnsignedLong(wire.getOverMs())),
                instant(wire.getSinceMs())));
    }

    private static Payload acks(io.tombolo.wire.log.Acks wire) {
        Map<TrustDomain, Long> bundles = new HashMap<>();
        wire.getBundlesList().forEach(b -> bundles.put(new TrustDomain(b.getTrustDomain()), b.getSequence()));
        Map<ClusterId, Payload.EpochSeq> catalogs = new HashMap<>();
        wire.getCatalogsList()
                .forEach(c ->
                        catalogs.put(new ClusterId(c.getOrigin()), new Payload.EpochSeq(c.getEpoch(), c.getSeq())));
        return new Payload.Acks(
                wire.getMembersVersion(), wire.getMembersHead(), bundles, catalogs, wire.getRevocationsSeq());
    }

    private static Payload health(io.tombolo.wire.log.HealthBatch wire) {
        check(wire.getCounter() >= 1, "a counter of 1 or more");
        return new Payload.Health(
                wire.getFull(),
                wire.getServicesList().stream().map(HealthCodec::toModel).toList(),
                wire.getPathsList().stream().map(HealthCodec::toModel).toList(),
                wire.getCounter());
    }

    private static Payload pulse(io.tombolo.wire.log.Pulse wire) {
        check(wire.getCounter() >= 1, "a counter of 1 or more");
        length("live digest", wire.getLiveDigest(), RecordFormat.HASH_LENGTH);
        length("members head", wire.getMembersHead(), RecordFormat.HASH_LENGTH);
        length("start id", wire.getStartId(), RANDOM_LENGTH);
        Map<ClusterId, Long> acked = new HashMap<>();
        wire.getLowestAckedList().forEach(a -> acked.put(new ClusterId(a.getOrigin()), a.getSeq()));
        return new Payload.Pulse(
                wire.getCounter(),
                wire.getCatalogSeq(),
                wire.getLiveDigest(),
                wire.getMembersVersion(),
                wire.getMembersHead(),
                acked,
                wire.getStartId(),
                wire.getAuditIndex(),
                wire.getAuditHead());
    }

    private static Payload audit(io.tombolo.wire.log.AuditEntry wire) {
        check(wire.getIndex() >= 1, "an index of 1 or more");
        length("previous hash", wire.getPrevHash(), wire.getIndex() == 1 ? 0 : RecordFormat.HASH_LENGTH);
        return new Payload.Audit(
                wire.getIndex(),
                wire.getPrevHash(),
                instant(wire.getAtMs()),
                text(wire.getActor()),
                text(wire.getAction()),
                text(wire.getSubject()),
                wire.getDetailsMap());
    }

    private static Ed25519PublicKey key(ByteString raw) {
        return new Ed25519PublicKey(raw.toByteArray());
    }

    private static Instant instant(long millis) {
        check(millis >= 0, "a time after 1970");
        return Instant.ofEpochMilli(millis);
    }

    private static String text(String text) {
        check(text.length() <= MAX_TEXT, "texts of at most " + MAX_TEXT + " characters");
        return text;
    }

    private static void length(String field, ByteString bytes, int expected) {
        check(bytes.size() == expected, "a " + field + " of " + expected + " bytes");
    }

    private static void check(boolean holds, String expected) {
        if (!holds) {
            throw bad("expected " + expected);
        }
    }

    private static TomboloException bad(String what) {
        return Refusal.of(Fault.MALFORMED_RECORD, "payload", what);
    }
}
