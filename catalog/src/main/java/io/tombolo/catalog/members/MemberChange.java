package io.tombolo.catalog.members;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.record.AuthorityKey;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.catalog.record.Verdict;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes the next record of a member, signed by an authority. Nothing is changed by making one: {@link MembersLog#apply} it,
 * store it, publish it. If another authority was faster, apply that one's record and make the change again.
 */
public final class MemberChange {
    private final MembersLog log;
    private final RecordSigner authority;

    /** @param authority signs with a key that the log names as an authority's */
    public MemberChange(MembersLog log, RecordSigner authority) {
        this.log = log;
        this.authority = authority;
    }

    /**
     * Admits a cluster: its first epoch, or the next one after it left or was evicted.
     * @throws TomboloException ALREADY_MEMBER, or BOUND_ELSEWHERE if its trust domain or a key is someone else's
     */
    public SignedRecord admit(Admission admission, Instant now) {
        var before = log.version(admission.cluster());
        if (before.filter(version -> version.member().state() == MemberState.ADMITTED)
                .isPresent()) {
            throw new TomboloException(
                    Fault.ALREADY_MEMBER,
                    "cluster " + admission.cluster(),
                    "is an admitted member",
                    "let it leave, or evict it, before it joins again");
        }
        return sign(
                new Payload.Member(
                        admission.cluster(),
                        before.map(version -> version.member().epoch() + 1).orElse(1L),
                        MemberState.ADMITTED,
                        admission.trustDomain(),
                        admission.firstRoot(),
                        admission.signingKeys(),
                        admission.grants(),
                        before.map(version -> version.member().version() + 1).orElse(1L),
                        before.map(MemberVersion::hash).orElse(ByteString.EMPTY),
                        now,
                        admission.backboneHost()),
                now);
    }

    /** @throws TomboloException NOT_FOUND if it is no admitted member */
    public SignedRecord leave(ClusterId cluster, Instant now) {
        return sign(ended(cluster, MemberState.LEFT, false), now);
    }

    /**
     * Evicts a cluster, dead or alive.
     * @param backboneMoved that the backbone does not run there any more
     * @throws TomboloException NOT_FOUND, or BACKBONE_HOST unless {@code backboneMoved}
     */
    public SignedRecord evict(ClusterId cluster, boolean backboneMoved, Instant now) {
        if (!backboneMoved
                && log.member(cluster).filter(Payload.Member::backboneHost).isPresent()) {
            throw new TomboloException(
                    Fault.BACKBONE_HOST,
                    "cluster " + cluster,
                    "hosts the backbone",
                    "move Kafka elsewhere first, then evict it with --backbone-moved");
        }
        return sign(ended(cluster, MemberState.EVICTED, true), now);
    }

    /**
     * Gives a member other keys to sign its records with: some are added, or some are removed, and at least one stays.
     * @throws TomboloException NOT_FOUND if it is no admitted member, KEYS_REPLACED, BOUND_ELSEWHERE
     */
    public SignedRecord signingKeys(ClusterId cluster, List<Ed25519PublicKey> keys, Instant now) {
        MemberVersion version = log.version(cluster)
                .filter(v -> v.member().state() == MemberState.ADMITTED)
                .orElseThrow(none(cluster));
        return sign(
                next(
                        version,
                        version.member(),
                        MemberState.ADMITTED,
                        keys,
                        version.member().backboneHost()),
                now);
    }

    private static Supplier<TomboloException> none(ClusterId cluster) {
        return () -> new TomboloException(
                Fault.NOT_FOUND, "cluster " + cluster, "is no member", "`tombolo clusters` lists the members");
    }

    /** Names other authorities; the signer may be the recovery key instead of an authority. */
    public SignedRecord authorities(List<AuthorityKey> keys, Instant now) {
        return sign(new Payload.AuthorityChange(keys, log.nextAuthorityVersion(), log.lastAuthorityHash()), now);
    }

    private Payload.Member ended(ClusterId cluster, MemberState state, boolean evenLeft) {
        MemberVersion version = log.version(cluster).orElseThrow(none(cluster));
        Payload.Member member = version.member();
        if (member.state() != MemberState.ADMITTED && !(evenLeft && member.state() == MemberState.LEFT)) {
            throw none(cluster).get();
        }
        boolean host = member.backboneHost() && state == MemberState.LEFT;
        return next(version, member, state, member.signingKeys(), host);
    }

    private static Payload.Member next(
            MemberVersion version,
            Payload.Member member,
            MemberState state,
            List<Ed25519PublicKey> keys,
            boolean host) {
        return new Payload.Member(
                member.cluster(),
                member.epoch(),
                state,
                member.trustDomain(),
                member.firstRoot(),
                keys,
                member.grants(),
                member.version() + 1,
                version.hash(),
                member.admittedAt(),
                host);
    }

    /** A record that its own log would refuse is never handed out. */
    private SignedRecord sign(Payload payload, Instant now) {
        long version = switch (payload) {
            case Payload.Member member -> member.version();
            case Payload.AuthorityChange change -> change.version();
            default -> throw new IllegalArgumentException("no record of the members log");
        };
        SignedRecord record = authority.sign(payload, 0, version, now);
        if (log.apply(record).verdict() instanceof Verdict.Refused refused) {
            throw new TomboloException(
                    refused.fault(),
                    "change of the members",
                    refused.text(),
                    "check that this cluster is an authority");
        }
        return record;
    }
}
