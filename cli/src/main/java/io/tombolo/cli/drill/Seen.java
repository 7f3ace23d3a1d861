package io.tombolo.cli.drill;

/** What was counted at one moment. */
record Seen(long atNanos, Calls calls) {}
