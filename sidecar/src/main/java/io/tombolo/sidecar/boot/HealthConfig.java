package io.tombolo.sidecar.boot;

import io.smallrye.config.WithDefault;
import java.util.Optional;

/** A port that says whether names are answered for the cluster, to the kubelet; nothing else is there. */
public interface HealthConfig {
    @WithDefault("0.0.0.0")
    String host();

    /** 0 to 65535; 0 = any free one; default: no such port. Only with dns.answers=cluster. */
    Optional<Integer> port();

    /** Connections at once, 1 to 10000; more are closed at once. */
    @WithDefault("64")
    int maxConnections();
}
