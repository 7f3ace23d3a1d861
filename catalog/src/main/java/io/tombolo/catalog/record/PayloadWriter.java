package io.tombolo.catalog.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.codec.ExportCodec;
import io.tombolo.wire.codec.GatewayCodec;
import io.tombolo.wire.codec.HealthCodec;
import io.tombolo.wire.codec.MemberCodec;
import io.tombolo.wire.log.Acks;
import io.tombolo.wire.log.Pulse;
import java.util.List;
import java.util.TreeMap;

/** Turns a payload into bytes; the same value gives the same bytes. */
public final class PayloadWriter {
    private PayloadWriter() {}

    /** The bytes that go into the envelope; what decides whether a value changed. */
    public static ByteString bytes(Payload payload) {
        return switch (payload) {
            case Payload.Unknown unknown -> unknown.bytes();
            case Payload.Withdrawn _ -> ByteString.EMPTY;
            default -> message(payload).toByteString();
        };
    }

    private static Message message(Payload payload) {
        return switch (payload) {
            case Payload.Genesis genesis -> genesis(genesis);
            case Payload.Member member -> member(member);
            case Payload.AuthorityChange change -> change(change);
            case Payload.WriterTerm term ->
                io.tombolo.wire.log.WriterTerm.newBuilder()
                        .setTerm(term.term())
                        .setStartId(term.startId())
                        .build();
            case Payload.Checkpoint checkpoint ->
                io.tombolo.wire.log.Checkpoint.newBuilder()
                        .setCollectedThroughSeq(checkpoint.collectedThroughSeq())
                        .build();
            case Payload.ClusterInfo info -> info(info);
            case Payload.Gateway gateway -> GatewayCodec.toWire(gateway.gateway());
            case Payload.Bundle bundle ->
                io.tombolo.wire.log.TrustBundle.newBuilder()
                        .setTrustDomain(bundle.trustDomain().name())
                        .setSequence(bundle.sequence())
                        .setJwks(bundle.jwks())
                        .build();
            case Payload.Revocation revocation -> revocation(revocation);
            case Payload.Export export -> ExportCodec.toWire(export.export());
            case Payload.Policy policy -> policy(policy);
            case Payload.Evacuation(EvacuationOrder order) ->
                io.tombolo.wire.log.Evacuation.newBuilder()
                        .setCluster(order.cluster().value())
                        .setPercent(order.percent())
                        .setOverMs((int) order.over().toMillis())
                        .setSinceMs(order.since().toEpochMilli())
                        .build();
            case Payload.Acks acks -> acks(acks);
            case Payload.Health health -> health(health);
            case Payload.Pulse pulse -> pulse(pulse);
            case Payload.Audit audit -> audit(audit);
            case Payload.Unknown _, Payload.Withdrawn _ -> throw new IllegalArgumentException("is no message");
        };
    }

    private static Message genesis(Payload.Genesis genesis) {
        return io.tombolo.wire.log.Genesis.newBuilder()
                .setFederationName(genesis.federation().value())
                .addAllAuthorities(authorities(genesis.authorities()))
                .setRecoveryPublicKey(raw(genesis.recoveryKey()))
                .setFoundedAtMs(genesis.foundedAt().toEpochMilli())
                .setNonce(genesis.nonce())
                .build();
    }

    private static List<io.tombolo.wire.log.Authority> authorities(List<AuthorityKey> keys) {
        return keys.stream()
                .map(each -> io.tombolo.wire.log.Authority.newBuilder()
                        .setCluster(each.cluster().value())
                        .setPublicKey(raw(each.publicKey()))
                        .build())
                .toList();
    }

    private static Message member(Payload.Member member) {
        return io.tombolo.wire.log.Member.newBuilder()
                .setCluster(member.cluster().value())
                .setEpoch(member.epoch())
                .setState(MemberCodec.toWire(member.state()))
                .setTrustDomain(member.trustDomain().name())
                .setFirstRoot(member.firstRoot())
                .addAllRecordSigningKeys(
                        member.signingKeys().stream().map(PayloadWriter::raw).toList())
                .setGrants(io.tombolo.wire.log.Grants.newBuilder()
                        .addAllMayExport(member.grants().mayExport())
                        .setMaxExports(member.grants().maxExports())
                        .setMaxGateways(member.grants().maxGateways()))
                .setVersion(member.version())
                .setPrevHash(member.prevHash())
                .setAdmittedAtMs(member.admittedAt().toEpochMilli())
                .setBackboneHost(member.backboneHost())
                .build();
    }

    private static Message change(Payload.AuthorityChange change) {
        return io.tombolo.wire.log.AuthorityChange.newBuilder()
                .addAllAuthorities(authorities(change.authorities()))
                .setVersion(change.version())
                .setPrevHash(change.prevHash())
                .build();
    }

    private static Message info(Payload.ClusterInfo info) {
        return io.tombolo.wire.log.ClusterInfo.newBuilder()
                .setRegion(info.locality().region())
                .setZone(info.locality().zone())
                .putAllLabels(new TreeMap<>(info.labels()))
                .setSoftwareVersion(info.softwareVersion())
                .addAllEnrolmentAddresses(info.enrolmentAddresses().stream()
                        .map(HostPort::toString)
                        .toList())
                .build();
    }

    private static Message revocation(Payload.Revocation revocation) {
        return io.tombolo.wire.log.Revocation.newBuilder()
                .setSpiffeId(revocation.id().map(SpiffeId::toString).orElse(""))
                .setSerial(revocation.serial())
                .setRevokedAtMs(revocation.revokedAt().toEpochMilli())
                .setReason(revocation.reason())
                .build();
    }

    private static Message policy(Payload.Policy policy) {
        return io.tombolo.wire.log.PolicyDocument.newBuilder()
                .setKind(policy.kind())
                .setVersion(policy.version())
                .setDocument(policy.document())
                .setFederationWide(policy.federationWide())
                .build();
    }

    private static Message acks(Payload.Acks acks) {
        Acks.Builder wire = Acks.newBuilder()
                .setMembersVersion(acks.membersVersion())
                .setMembersHead(acks.membersHead())
                .setRevocationsSeq(acks.revocationsSeq());
        new TreeMap<>(acks.bundles())
                .forEach((domain, sequence) ->
                        wire.addBundlesBuilder().setTrustDomain(domain.name()).setSequence(sequence));
        new TreeMap<>(acks.catalogs())
                .forEach((origin, seen) -> wire.addCatalogsBuilder()
                        .setOrigin(origin.value())
                        .setEpoch(seen.epoch())
                        .setSeq(seen.seq()));
        return wire.build();
    }

    private static Message health(Payload.Health health) {
        return io.tombolo.wire.log.HealthBatch.newBuilder()
                .setFull(health.full())
                .addAllServices(
                        health.services().stream().map(HealthCodec::toWire).toList())
                .addAllPaths(health.paths().stream().map(HealthCodec::toWire).toList())
                .setCounter(health.counter())
                .build();
    }

    private static Message pulse(Payload.Pulse pulse) {
        Pulse.Builder wire = Pulse.newBuilder()
                .setCounter(pulse.counter())
                .setCatalogSeq(pulse.catalogSeq())
                .setLiveDigest(pulse.liveDigest())
                .setMembersVersion(pulse.membersVersion())
                .setMembersHead(pulse.membersHead())
                .setStartId(pulse.startId())
                .setAuditIndex(pulse.auditIndex())
                .setAuditHead(pulse.auditHead());
        new TreeMap<>(pulse.lowestAcked())
                .forEach((origin, seq) ->
                        wire.addLowestAckedBuilder().setOrigin(origin.value()).setSeq(seq));
        return wire.build();
    }

    private static Message audit(Payload.Audit audit) {
        return io.tombolo.wire.log.AuditEntry.newBuilder()
                .setIndex(audit.index())
                .setPrevHash(audit.prevHash())
                .setAtMs(audit.at().toEpochMilli())
                .setActor(audit.actor())
                .setAction(audit.action())
                .setSubject(audit.subject())
                .putAllDetails(new TreeMap<>(audit.details()))
                .build();
    }

    private static ByteString raw(Ed25519PublicKey key) {
        return ByteString.copyFrom(key.raw());
    }
}
