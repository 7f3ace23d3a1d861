package io.tombolo.dataplane.probe;

import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.fault.Fault;
import java.util.Optional;

/**
 * What a probe knows.
 * @param health   UNKNOWN until the first attempt has ended
 * @param draining what the gateway said in its last answer
 * @param why      the last failure; empty while UP
 */
public record ProbeResult(PathHealth health, boolean draining, Optional<Fault> why) {}
