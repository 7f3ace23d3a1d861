package io.tombolo.catalog.record;

import com.google.protobuf.ByteString;
import io.tombolo.model.catalog.ExportedService;
import io.tombolo.model.catalog.GatewayInstance;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.FederationName;
import io.tombolo.model.name.Locality;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;
import io.tombolo.model.routing.EvacuationOrder;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a record says, by kind; valid in itself, but not yet believed. Times have millisecond precision. */
public sealed interface Payload {
    // ---- members

    /**
     * The first record of a federation; its hash is the federation's id.
     * @param authorities 1 to 3
     * @param nonce       16 random bytes
     */
    record Genesis(
            FederationName federation,
            List<AuthorityKey> authorities,
            Ed25519PublicKey recoveryKey,
            Instant foundedAt,
            ByteString nonce)
            implements Payload {
        public Genesis {
            authorities = List.copyOf(authorities);
        }
    }

    /**
     * One version of one member.
     * @param epoch       1 at the first admission, one more at each re-join
     * @param firstRoot   DER
     * @param signingKeys 1 to 4; they may sign this epoch's records
     * @param version     1 or more
     * @param prevHash    hash of the version before; empty at version 1
     * @param admittedAt  of this epoch
     */
    record Member(
            ClusterId cluster,
            long epoch,
            MemberState state,
            TrustDomain trustDomain,
            ByteString firstRoot,
            List<Ed25519PublicKey> signingKeys,
            Grants grants,
            long version,
            ByteString prevHash,
            Instant admittedAt,
            boolean backboneHost)
            implements Payload {
        public Member {
            signingKeys = List.copyOf(signingKeys);
        }
    }

    /** Other authorities from now on. */
    record AuthorityChange(List<AuthorityKey> authorities, long version, ByteString prevHash) implements Payload {
        public AuthorityChange {
            authorities = List.copyOf(authorities);
        }
    }

    // ---- catalog

    /** @param startId 16 random bytes of this start of the writer */
    record WriterTerm(long term, ByteString startId) implements Payload {}

    record Checkpoint(long collectedThroughSeq) implements Payload {}

    /** @param enrolmentAddresses of :15012; authorities only */
    record ClusterInfo(
            Locality locality, Map<String, String> labels, String softwareVersion, List<HostPort> enrolmentAddresses)
            implements Payload {
        public ClusterInfo {
            labels = Map.copyOf(labels);
            enrolmentAddresses = List.copyOf(enrolmentAddresses);
        }
    }

    record Gateway(GatewayInstance gateway) implements Payload {}

    /** @param jwks a SPIFFE bundle; {@code trust-bundle} reads it */
    record Bundle(TrustDomain trustDomain, long sequence, ByteString jwks) implements Payload {}

    /** Exactly one of id and serial says something. */
    record Revocation(Optional<SpiffeId> id, ByteString serial, Instant revokedAt, String reason) implements Payload {}

    record Export(ExportedService export) implements Payload {}

    /** @param name namespace/name or name: what follows the kind in the record's key */
    record Policy(String kind, String name, String version, ByteString document, boolean federationWide)
            implements Payload {}

    /** An operator's word that traffic is to leave a cluster; federation-wide if an authority wrote it. */
    record Evacuation(EvacuationOrder order) implements Payload {}

    /** How far the writer has come with what others wrote. */
    record Acks(
            long membersVersion,
            ByteString membersHead,
            Map<TrustDomain, Long> bundles,
            Map<ClusterId, EpochSeq> catalogs,
            long revocationsSeq)
            implements Payload {
        public Acks {
            bundles = Map.copyOf(bundles);
            catalogs = Map.copyOf(catalogs);
        }
    }

    record EpochSeq(long epoch, long seq) {}

    /** A kind that only a newer version knows: kept, counted in the digest, and ignored. */
    record Unknown(int kind, ByteString bytes) implements Payload {}

    /** The value under this key is gone. */
    record Withdrawn() implements Payload {}

    // ---- health, pulse, audit

    /** @param full true: everything; what is not named is unknown */
    record Health(boolean full, List<ServiceHealth> services, List<PathHealth> paths, long counter) implements Payload {
        public Health {
            services = List.copyOf(services);
            paths = List.copyOf(paths);
        }
    }

    /** @param lowestAcked as many as fit */
    record Pulse(
            long counter,
            long catalogSeq,
            ByteString liveDigest,
            long membersVersion,
            ByteString membersHead,
            Map<ClusterId, Long> lowestAcked,
            ByteString startId,
            long auditIndex,
            ByteString auditHead)
            implements Payload {
        public Pulse {
            lowestAcked = Map.copyOf(lowestAcked);
        }
    }

    /** @param prevHash hash of the entry before; empty at index 1 */
    record Audit(
            long index,
            ByteString prevHash,
            Instant at,
            String actor,
            String action,
            String subject,
            Map<String, String> details)
            implements Payload {
        public Audit {
            details = Map.copyOf(details);
        }
    }
}
