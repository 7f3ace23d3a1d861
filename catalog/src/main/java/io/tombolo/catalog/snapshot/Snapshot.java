package io.tombolo.catalog.snapshot;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.origin.OriginState;
import java.time.Instant;
import java.util.List;

/**
 * What was verified, as of one moment.
 * @param origins   by cluster
 * @param topics    where reading goes on
 * @param writtenAt by the wall clock; older than 7 days: read the topics from their beginning
 * @param newsAt    by the wall clock: when the members were last known to be the newest
 */
public record Snapshot(
        MembersLog members, List<OriginState> origins, List<TopicPosition> topics, Instant writtenAt, Instant newsAt) {
    public Snapshot {
        origins = List.copyOf(origins);
        topics = List.copyOf(topics);
    }
}
