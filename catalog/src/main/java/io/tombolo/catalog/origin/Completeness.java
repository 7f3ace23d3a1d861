package io.tombolo.catalog.origin;

import io.tombolo.catalog.record.Position;

/** Whether the records that were read are all that the origin has. */
public sealed interface Completeness {
    /** Not compared yet, or not comparable: between reading and the tail, or across a compaction gap. */
    record Unknown() implements Completeness {}

    /** At {@code at} the live set had the digest that its origin signed. */
    record Complete(Position at) implements Completeness {}

    /** Older than what the origin says it published; {@code missingThroughSeq} is not read yet. */
    record Behind(Position at, long missingThroughSeq) implements Completeness {}

    /** DIGEST_MISMATCH: records are missing or were replaced. What was verified stays in use. */
    record Mismatch(Position at) implements Completeness {}
}
