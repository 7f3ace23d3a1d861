package io.tombolo.catalog.record;

import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Sha256;
import io.tombolo.wire.log.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The key that a payload has: kind, then what tells it from its siblings. */
public final class RecordKeys {
    private RecordKeys() {}

    /** The only key under which {@code origin} may write {@code payload}. */
    public static String of(Payload payload, ClusterId origin) {
        return Kinds.word(kindOf(payload)) + "/" + name(payload, origin);
    }

    /** The key of one export: to withdraw it, its payload is not needed. */
    public static String ofExport(io.tombolo.model.name.ServiceName service) {
        return Kinds.word(Kind.KIND_EXPORTED_SERVICE) + "/" + service;
    }

    /** The key of one gateway instance. */
    public static String ofGateway(io.tombolo.model.name.InstanceId instance) {
        return Kinds.word(Kind.KIND_GATEWAY) + "/" + instance;
    }

    /** The key of the order to evacuate a cluster. */
    public static String ofEvacuation(ClusterId cluster) {
        return Kinds.word(Kind.KIND_EVACUATION) + "/" + cluster;
    }

    /** The key of a policy document. */
    public static String of(Payload.Policy policy) {
        return Kinds.word(Kind.KIND_POLICY_DOCUMENT) + "/" + policy.kind() + "/" + policy.name();
    }

    /** The kind of a payload; UNRECOGNIZED and UNSPECIFIED for those that have none of their own. */
    public static Kind kindOf(Payload payload) {
        return switch (payload) {
            case Payload.Genesis _ -> Kind.KIND_GENESIS;
            case Payload.Member _ -> Kind.KIND_MEMBER;
            case Payload.AuthorityChange _ -> Kind.KIND_AUTHORITY_CHANGE;
            case Payload.WriterTerm _ -> Kind.KIND_WRITER_TERM;
            case Payload.Checkpoint _ -> Kind.KIND_CHECKPOINT;
            case Payload.ClusterInfo _ -> Kind.KIND_CLUSTER_INFO;
            case Payload.Gateway _ -> Kind.KIND_GATEWAY;
            case Payload.Bundle _ -> Kind.KIND_TRUST_BUNDLE;
            case Payload.Revocation _ -> Kind.KIND_REVOCATION;
            case Payload.Export _ -> Kind.KIND_EXPORTED_SERVICE;
            case Payload.Policy _ -> Kind.KIND_POLICY_DOCUMENT;
            case Payload.Evacuation _ -> Kind.KIND_EVACUATION;
            case Payload.Acks _ -> Kind.KIND_ACKS;
            case Payload.Health _ -> Kind.KIND_HEALTH_BATCH;
            case Payload.Pulse _ -> Kind.KIND_PULSE;
            case Payload.Audit _ -> Kind.KIND_AUDIT_ENTRY;
            case Payload.Unknown _ -> Kind.UNRECOGNIZED;
            case Payload.Withdrawn _ -> Kind.KIND_UNSPECIFIED;
        };
    }

    private static String name(Payload payload, ClusterId origin) {
        return switch (payload) {
            case Payload.Genesis genesis -> genesis.federation().value();
            case Payload.Member member -> member.cluster().value();
            case Payload.AuthorityChange change -> Long.toString(change.version());
            case Payload.Gateway gateway -> gateway.gateway().instance().value();
            case Payload.Bundle bundle -> bundle.trustDomain().name();
            case Payload.Revocation revocation -> revoked(revocation);
            case Payload.Export export -> export.export().service().toString();
            case Payload.Policy policy -> policy.kind() + "/" + policy.name();
            case Payload.Evacuation evacuation -> evacuation.order().cluster().value();
            case Payload.Audit audit -> Long.toString(audit.index());
            case Payload.WriterTerm _, Payload.Checkpoint _, Payload.ClusterInfo _, Payload.Acks _ -> origin.value();
            case Payload.Health _, Payload.Pulse _ -> origin.value();
            case Payload.Unknown _, Payload.Withdrawn _ -> throw new IllegalArgumentException("has no key of its own");
        };
    }

    /** Ids are too long and too free in form for a key. */
    private static String revoked(Payload.Revocation revocation) {
        byte[] name = revocation
                .id()
                .map(id -> id.toString().getBytes(StandardCharsets.UTF_8))
                .orElseGet(revocation.serial()::toByteArray);
        return HexFormat.of().formatHex(Sha256.of(name), 0, 16);
    }
}
