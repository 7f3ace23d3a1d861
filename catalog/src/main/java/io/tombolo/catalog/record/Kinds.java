package io.tombolo.catalog.record;

import io.tombolo.wire.log.Kind;
import io.tombolo.wire.log.Log;
import java.util.Locale;
import java.util.Set;

/** What follows from a record's kind. */
public final class Kinds {
    /** Kinds that are not part of an origin's live set. */
    private static final Set<Kind> OUTSIDE_DIGEST = Set.of(Kind.KIND_ACKS, Kind.KIND_WRITER_TERM, Kind.KIND_CHECKPOINT);

    private Kinds() {}

    /** The log that records of this kind belong to; a kind that only a newer version knows is one of the catalog. */
    public static Log log(Kind kind) {
        return switch (kind) {
            case KIND_GENESIS, KIND_MEMBER, KIND_AUTHORITY_CHANGE -> Log.LOG_MEMBERS;
            case KIND_WRITER_TERM,
                    KIND_CHECKPOINT,
                    KIND_CLUSTER_INFO,
                    KIND_GATEWAY,
                    KIND_TRUST_BUNDLE,
                    KIND_REVOCATION,
                    KIND_EXPORTED_SERVICE,
                    KIND_POLICY_DOCUMENT,
                    KIND_EVACUATION,
                    KIND_ACKS,
                    UNRECOGNIZED -> Log.LOG_CATALOG;
            case KIND_HEALTH_BATCH -> Log.LOG_HEALTH;
            case KIND_PULSE -> Log.LOG_PULSE;
            case KIND_AUDIT_ENTRY -> Log.LOG_AUDIT;
            case KIND_UNSPECIFIED -> Log.LOG_UNSPECIFIED;
        };
    }

    /** Whether a live record of this kind counts in the origin's digest. */
    public static boolean inDigest(Kind kind) {
        return !OUTSIDE_DIGEST.contains(kind);
    }

    /** What keys of this kind begin with: {@code exported-service}. */
    public static String word(Kind kind) {
        return kind.name().substring("KIND_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
