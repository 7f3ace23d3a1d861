package io.tombolo.controller.store;

/**
 * A resource as a user wrote it, checked.
 * @param specJson the spec as JSON, keys in the order written
 */
public record ParsedResource(ResourceKey key, Spec spec, String specJson) {}
