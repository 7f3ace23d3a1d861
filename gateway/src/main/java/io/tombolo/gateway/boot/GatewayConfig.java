package io.tombolo.gateway.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the gateway. Durations carry their unit: {@code 500ms}, {@code 2s}. */
@ConfigMapping(prefix = "gateway")
public interface GatewayConfig {
    /** The directory with keys and state; one gateway at a time. Made if it is missing. */
    Path stateDir();

    /** The token of the first start, 0600; not needed later. */
    Optional<Path> tokenFile();

    /** Of a pod, which needs no token. */
    Kubernetes kubernetes();

    /** Controllers, host:port of :15010, comma-separated; default: as the token, then the controller itself says. */
    Optional<List<String>> controller();

    /** Where other clusters reach this gateway, host:port, comma-separated, 1 to 8; default: the listening address. */
    Optional<List<String>> advertise();

    /** Share of the cluster's traffic relative to its other gateways, 1 to 10000. */
    @WithDefault("100")
    int weight();

    /** Zone of this process; at most 63 characters. */
    @WithDefault("")
    Optional<String> zone();

    /** Takes the next free port instead of refusing to start when a port is taken. */
    @WithDefault("false")
    boolean autoPorts();

    Listen listen();

    Admin admin();

    Health health();

    Hello hello();

    Dial dial();

    Endpoints endpoints();

    AppPool appPool();

    Http http();

    Http2 http2();

    Relay relay();

    Probe probe();

    Drain drain();

    AccessLog accessLog();

    Feed feed();

    /** The data port. */
    interface Listen {
        @WithDefault("0.0.0.0")
        String host();

        /** 0 to 65535; 0 = any free one. */
        @WithDefault("15443")
        int port();

        /** Connections at once, 1 to 1000000; more are closed at once. */
        @WithDefault("20000")
        int maxConnections();
    }

    /** Who a pod is, by its service account. */
    interface Kubernetes {
        /** The projected token of the pod's service account, for the audience tombolo-controller; read at the first start. */
        Optional<Path> tokenFile();

        /** SHA-256 of the key of the CA of this cluster's controller, 64 hexadecimal digits. */
        Optional<String> caPin();
    }

    /** The administrator's port. */
    interface Admin {
        /** A loopback address. */
        @WithDefault("127.0.0.1")
        String host();

        /** 0 to 65535; 0 = any free one. */
        @WithDefault("15020")
        int port();
    }

    /** A port that says whether new connections should come, to load balancers; nothing else is there. */
    interface Health {
        @WithDefault("0.0.0.0")
        String host();

        /** 0 to 65535; 0 = any free one; default: no such port. */
        Optional<Integer> port();

        /** Connections at once, 1 to 10000; more are closed at once. */
        @WithDefault("256")
        int maxConnections();
    }

    /** The ClientHello room. */
    interface Hello {
        /** Largest ClientHello with its record headers, bytes, 512 to 65536. */
        @WithDefault("16384")
        int maxBytes();

        /**
         * From accept to its last byte; the same for each of the two messages with which a caller whose TLS ends here is handed
         * over. 100ms to 60s.
         */
        @WithDefault("5s")
        Duration timeout();

        /** Connections that have not said a name yet, 1 to listen.max-connections. */
        @WithDefault("4096")
        int maxPending();

        /** The same per IPv4 /24 or IPv6 /64, 1 to hello.max-pending. */
        @WithDefault("256")
        int maxPendingPerSource();

        /** Shortest time before a refusal, 0 to hello.refuse-after-max. */
        @WithDefault("50ms")
        Duration refuseAfterMin();

        /** Longest, up to 10s. */
        @WithDefault("150ms")
        Duration refuseAfterMax();
    }

    /** The upstream room. */
    interface Dial {
        /** For one TCP handshake with one local sidecar, 10ms to 60s; the next instance is tried after it. */
        @WithDefault("2s")
        Duration timeout();

        /** Instances tried for one connection, 1 to 10. */
        @WithDefault("3")
        int instances();
    }

    /** Workloads without a sidecar, of services that are exported in terminate mode. */
    interface Endpoints {
        /** Requests and TCP connections for all of them at once, 1 to 1000000; more are refused with TB-2015. */
        @WithDefault("4096")
        int maxConcurrent();
    }

    /** Keeping connections of HTTP to workloads without a sidecar. */
    interface AppPool {
        /** 100ms to 1h; shorter than workloads keep their own, which close without a word. */
        @WithDefault("2s")
        Duration idle();

        /** 1s to 24h; each connection draws its own, up to a fifth less. */
        @WithDefault("30m")
        Duration maxAge();

        /** Per event loop, 1 to 100000. */
        @WithDefault("1024")
        int maxConnections();

        /** Made at once to one workload, per event loop, 4 at first and one more for each that was made; 1 to 1000. */
        @WithDefault("16")
        int maxDials();
    }

    /** HTTP/1.1 for workloads without a sidecar, both directions; limits of heads and waits also of HTTP/2. */
    interface Http {
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

        /** Between two requests of a connection, 10ms to 24h. */
        @WithDefault("75s")
        Duration idleTimeout();

        /** That bytes of an answer, or of a request, wait for another side which takes hardly any, 10ms to 24h. */
        @WithDefault("5m")
        Duration takeTimeout();

        /** Bytes of a request's body, until there is a connection to send it on, 1024 to 16777216. */
        @WithDefault("65536")
        int maxKeptBytes();
    }

    /** HTTP/2 for workloads without a sidecar, both directions. */
    interface Http2 {
        /** Streams that the other side may have open on a connection, 1 to 10000. */
        @WithDefault("256")
        int maxStreams();

        /** Bytes of one body that are on the way or not passed on yet, 16384 to 16777216. */
        @WithDefault("131072")
        int streamWindowBytes();

        /** The same for all of a connection, 65535 or stream-window-bytes, whichever is more, to 67108864. */
        @WithDefault("524288")
        int connectionWindowBytes();

        /** Streams of a connection that the other side resets, or makes us reset, in 30s; 10 to 100000. */
        @WithDefault("400")
        int maxResets();

        /** Frames a second that move nothing, on average over 4s; 10 to 100000. */
        @WithDefault("500")
        int maxIdleFrames();

        /** Answers to such frames, and resets, that the other side makes us write and does not take; 100 to 100000. */
        @WithDefault("1000")
        int maxQueuedFrames();

        /** DATA frames in a row that hold nothing, 1 to 1000. */
        @WithDefault("16")
        int maxEmptyFrames();

        /** CONTINUATION frames of one header list that hold hardly anything, 1 to 1000. */
        @WithDefault("16")
        int maxSmallContinuations();
    }

    /** The relay room. */
    interface Relay {
        /** A connection on which nothing moves for this long is closed, 1s to 7 days. */
        @WithDefault("1h")
        Duration idle();

        /** When it has ended, for a side to take what is left, 100ms to 10m; then that is lost. */
        @WithDefault("10s")
        Duration flushTimeout();

        /** Whether large transfers are moved by the kernel from socket to socket, without a copy in this process (Linux). */
        @WithDefault("true")
        boolean splice();
    }

    /** Probes of other clusters' gateways. */
    interface Probe {
        /** Between pings, 100ms to 60s. */
        @WithDefault("1s")
        Duration interval();

        /** Missed answers in a row that make a path DOWN, 1 to 20. */
        @WithDefault("3")
        int misses();

        /** A fresh handshake after this time, jittered; probe.interval to 1h. */
        @WithDefault("60s")
        Duration rehandshake();

        /** Longest wait before a path that is down is tried again, probe.interval to 60s. */
        @WithDefault("15s")
        Duration backoffMax();

        /** Gateways measured at once, 1 to 1024. */
        @WithDefault("64")
        int maxTargets();
    }

    /** Going away. */
    interface Drain {
        /** How long only /readyz says it, for a load balancer that has to notice; then peers are told. 0 to drain.deadline. */
        @WithDefault("0s")
        Duration announceAfter();

        /** How long connections still come in after peers were told, 0 to what is left until drain.deadline. */
        @WithDefault("3s")
        Duration acceptFor();

        /** After this what is left is closed, 0 to 1h. */
        @WithDefault("30s")
        Duration deadline();
    }

    /** Following the controller. */
    interface Feed {
        /** Largest update, bytes, 65536 to 268435456. */
        @WithDefault("16777216")
        int maxUpdateBytes();

        /** First wait before the controller is asked again, 10ms to feed.backoff-max. */
        @WithDefault("100ms")
        Duration backoffMin();

        /** Longest wait, up to 60s. */
        @WithDefault("5s")
        Duration backoffMax();
    }

    /** A line of JSON for every exchange or connection that ended; see docs/access-log.md. */
    interface AccessLog {
        /** off, stderr, or the absolute path of a file that lines are appended to. */
        @WithDefault("off")
        String to();

        /** Whether paths are written with their query, in which secrets may be. */
        @WithDefault("false")
        boolean query();

        /** Entries that may wait to be written, 64 to 1048576; what is more is dropped and counted. */
        @WithDefault("8192")
        int queue();

        /** Entries a second of heads that were refused as malformed, 1 to 10000; what is more is dropped and counted. */
        @WithDefault("100")
        int maxRefused();
    }
}
