package io.tombolo.sidecar.boot;

import io.smallrye.config.WithDefault;
import java.time.Duration;

/** HTTP/1.1, both directions. */
public interface HttpConfig {
    /** Bytes, 1024 to 1048576. */
    @WithDefault("32768")
    int maxHeadBytes();

    /** 1 to 1000. */
    @WithDefault("128")
    int maxFields();

    /** Bytes, 0 to 65536. */
    @WithDefault("8192")
    int maxTrailerBytes();

    /** From a head's first byte to its last, 10ms to 10m. */
    @WithDefault("10s")
    Duration headTimeout();

    /** Between two reads of a body, 10ms to 1h. */
    @WithDefault("60s")
    Duration bodyTimeout();

    /** Between two requests of a connection, 10ms to 24h; longer than pool.idle of the callers. */
    @WithDefault("75s")
    Duration idleTimeout();

    /** That bytes of an answer, or of a request, wait for another side which takes hardly any, 10ms to 24h. */
    @WithDefault("5m")
    Duration takeTimeout();

    /**
     * Bytes of a request's body, until there is somebody to send it to, and for another attempt; what is larger is sent once.
     * 1024 to 16777216.
     */
    @WithDefault("65536")
    int maxKeptBytes();
}
