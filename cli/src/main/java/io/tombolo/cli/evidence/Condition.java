package io.tombolo.cli.evidence;

/** One condition of a resource, an object or a service. */
public record Condition(String type, String status, String reason, String message) {}
