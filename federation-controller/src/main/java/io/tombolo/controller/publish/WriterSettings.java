package io.tombolo.controller.publish;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.model.name.FederationName;
import java.nio.file.Path;

/**
 * What a writer is for.
 * @param stateDir   where its outbox and its term are kept
 * @param freshEpoch the epoch began in this process: nobody can have a copy of its state
 * @param freshness  how often it pulses; the same as its reader's
 */
public record WriterSettings(
        FederationName federation, Path stateDir, boolean freshEpoch, FreshnessSettings freshness) {}
