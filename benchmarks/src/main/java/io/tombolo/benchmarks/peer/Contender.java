package io.tombolo.benchmarks.peer;

import io.tombolo.benchmarks.place.Child;

/**
 * One running proxy.
 * @param name    in tables
 * @param version as it says itself
 * @param port    where it accepts TLS
 */
public record Contender(String name, String version, Child process, int port) implements AutoCloseable {
    @Override
    public void close() {
        process.close();
    }
}
