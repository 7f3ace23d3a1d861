package io.tombolo.controller.publish;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.model.name.FederationName;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a writer is for.
 * @param stateDir   where its outbox and its term are kept
 * @param leads      a record that others than Kafka keep says that no other process writes: the backbone is not watched for one
 * @param freshEpoch the epoch began in this process: nobody can have a copy of its state
 * @param freshness  how often it pulses; the same as its reader's
 */
public record WriterSettings(
        FederationName federation, Path stateDir, boolean leads, boolean freshEpoch, FreshnessSettings freshness) {
    /** How long the backbone must be without a pulse of another process. */
    Duration watchFor(int members) {
        return leads ? Duration.ZERO : freshness.proofOf(members);
    }
}
