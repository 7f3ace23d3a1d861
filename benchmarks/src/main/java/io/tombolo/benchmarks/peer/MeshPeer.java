package io.tombolo.benchmarks.peer;

import io.tombolo.model.name.SpiffeId;

/**
 * The other end of a mesh connection.
 * @param port       where it is
 * @param serverName what it is asked for
 * @param id         who it must prove to be, as a SPIFFE id
 * @param dnsName    the same for those who compare DNS names only
 */
public record MeshPeer(int port, String serverName, SpiffeId id, String dnsName) {}
