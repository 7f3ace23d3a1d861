package io.tombolo.cli.evidence;

/** Where pods can run. */
public record Node(String name, String system, String architecture) {}
