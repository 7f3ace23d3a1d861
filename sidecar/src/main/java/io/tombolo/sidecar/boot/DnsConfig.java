package io.tombolo.sidecar.boot;

import io.smallrye.config.WithDefault;

/** Questions for names below clusterset.local. */
public interface DnsConfig {
    /** Whether they are answered, and services get addresses. */
    @WithDefault("false")
    boolean enabled();

    /**
     * What is answered. own: virtual addresses of this sidecar, for programs of this machine. cluster: those that the cluster's network
     * knows services at, for whoever asks; then this is no workload's sidecar, and needs the account dns of tombolo-system.
     */
    @WithDefault("own")
    String answers();

    /** Address to listen on; of the own answers a loopback address. */
    @WithDefault("127.0.0.1")
    String host();

    /** Datagrams and streams; 0 to 65535; 0 = any free one. The system's resolver must be told. */
    @WithDefault("15053")
    int port();

    /** Streams open at once, 4 to 10000; of one address a quarter of them. */
    @WithDefault("64")
    int maxStreams();

    /** Questions that wait for an answer at once, 1 to 100000; more get SERVFAIL. */
    @WithDefault("256")
    int maxQuestions();
}
