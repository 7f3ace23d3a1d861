package io.tombolo.cli.evidence;

/** A namespace. */
public record Space(String name, boolean ending, boolean sidecars) {}
