package io.tombolo.dataplane.upstream;

import io.netty.channel.Channel;
import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.dataplane.outcome.PathKey;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.SpiffeId;
import java.util.Optional;

/**
 * An established mesh connection.
 * @param endpoint who really answered, by its certificate
 * @param server   its id
 * @param alpn     what both agreed to speak
 * @param path     the gateway in between; empty = direct
 * @param rttNanos how long the TCP handshake took
 */
public record Dialled(
        Channel channel, EndpointKey endpoint, SpiffeId server, Alpn alpn, Optional<PathKey> path, long rttNanos) {}
