package io.tombolo.cli.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * One webhook of a configuration that asks about pods.
 * @param ours      whether the chart made the configuration
 * @param caEnds    when the last certificate by which it is known ends; empty = none is said
 * @param behind    ready addresses behind its Service; -1 = it is asked at a URL
 */
public record Hook(
        String configuration, String name, boolean ours, Optional<Instant> caEnds, String failurePolicy, int behind) {}
