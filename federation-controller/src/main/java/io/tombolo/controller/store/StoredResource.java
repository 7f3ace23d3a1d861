package io.tombolo.controller.store;

import java.time.Instant;

/**
 * A resource as it is kept.
 * @param generation 1, and one more with each change of the spec
 * @param createdAt  millisecond precision; stays over changes
 * @param source     {@code api}, or the watched file that says it
 */
public record StoredResource(
        ResourceKey key, Spec spec, String specJson, long generation, Instant createdAt, String source) {}
