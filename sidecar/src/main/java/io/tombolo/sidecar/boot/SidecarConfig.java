package io.tombolo.sidecar.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the sidecar. Durations carry their unit: {@code 500ms}, {@code 2s}. */
@ConfigMapping(prefix = "sidecar")
public interface SidecarConfig {
    /** The directory with keys and state; one sidecar at a time. Made if it is missing. */
    Path stateDir();

    /** Deletes the state directory at the end: for a program that runs once. */
    @WithDefault("false")
    boolean ephemeral();

    /** The token of the first start, 0600; not needed later. */
    Optional<Path> tokenFile();

    /** Of a pod, which needs no token. */
    Kubernetes kubernetes();

    /** Controllers, host:port of :15010, comma-separated; default: as the token, then the controller itself says. */
    Optional<List<String>> controller();

    /** Takes the next free port instead of refusing to start when a port is taken. */
    @WithDefault("false")
    boolean autoPorts();

    /** The service that the application is, namespace/name; without it the sidecar only calls. */
    Optional<String> service();

    /** Port under which callers know the service; default: app-port. */
    Optional<Integer> servicePort();

    /** Port on which the application listens, on 127.0.0.1. */
    Optional<Integer> appPort();

    /** What the application speaks: http, h2c, grpc or tcp. */
    @WithDefault("http")
    String appProtocol();

    /** Between two looks whether the application accepts connections, 100ms to 1m. */
    @WithDefault("1s")
    Duration appCheck();

    Readiness readiness();

    Workload workload();

    /** Local ports that stand for services, such as checkout.shop:80=127.0.0.1:18080, comma-separated. */
    Optional<List<String>> bind();

    /** Where gateways and sidecars of this cluster reach this one, host:port; default: the inbound address. */
    Optional<List<String>> advertise();

    /** Share of the service's traffic relative to its other instances, 1 to 10000. */
    @WithDefault("100")
    int weight();

    /** Zone of this process; at most 63 characters. */
    @WithDefault("")
    Optional<String> zone();

    Inbound inbound();

    Outbound outbound();

    Transparent transparent();

    DnsConfig dns();

    HealthConfig health();

    Vip vip();

    Admin admin();

    Hello hello();

    Dial dial();

    Pool pool();

    AppPool appPool();

    Probe probe();

    Ejection ejection();

    Failover failover();

    Retry retry();

    HttpConfig http();

    Http2Config http2();

    Tcp tcp();

    Drain drain();

    MetricsLimits metrics();

    Trace trace();

    AccessLog accessLog();

    Feed feed();

    Interest interest();

    /** Which of the service's instances it is. */
    interface Workload {
        /** What names of the clusterset call it, one label such as mysql-0; default: nothing. Needs a service. */
        Optional<String> hostname();
    }

    /** What the application says of itself; without a path it is ready when it accepts connections. */
    interface Readiness {
        /** A page of the application that answers 200 to 399 while it wants calls, such as /ready. */
        Optional<String> path();

        /** Its HTTP port on 127.0.0.1; default: app-port. */
        Optional<Integer> port();

        /** Between two questions, 100ms to 5m; 1s at most while it is not ready. */
        @WithDefault("2s")
        Duration interval();

        /** Until the answer begins, 10ms to 1m. */
        @WithDefault("1s")
        Duration timeout();

        /** Bad answers, or none, in a row after which it is not ready; 1 to 100. */
        @WithDefault("3")
        int failures();
    }

    /** Where the mesh comes in. */
    interface Inbound {
        /** Address to listen on. Set it to one that the cluster's gateways reach when they run on other machines. */
        @WithDefault("127.0.0.1")
        String host();

        /** 0 to 65535; 0 = any free one. */
        @WithDefault("15006")
        int port();

        /** Connections at once, 1 to 1000000. */
        @WithDefault("10000")
        int maxConnections();

        /** Requests and TCP connections that the application works on at once, 1 to 1000000; more get 503. */
        @WithDefault("1024")
        int maxConcurrent();
    }

    /** Where the application's calls come in, on 127.0.0.1. */
    interface Outbound {
        /** 0 to 65535; 0 = any free one. With a program to run, the next free one is taken when it is in use. */
        @WithDefault("15001")
        int port();

        /** Connections at once of each local port, 1 to 100000. */
        @WithDefault("1024")
        int maxConnections();

        /**
         * From the whole request to its answer's head, unless the request says otherwise in tombolo-timeout; then 504. 0s = no
         * limit, else 10ms to 24h.
         */
        @WithDefault("5m")
        Duration requestTimeout();

        /** How long the destination's sidecar may take to reach its application for a TCP connection, 10ms to 1m. */
        @WithDefault("5s")
        Duration openTimeout();

        /** What may not be sent twice ends when nothing came back by its path for so long, 100ms to 10m. */
        @WithDefault("10s")
        Duration cutSilentAfter();

        /** Sidecars that handed a request to applications before; as many, and it is refused as going round. 1 to 100. */
        @WithDefault("16")
        int maxHops();

        /**
         * Of requests that do not say one in Priority (RFC 9218), and of TCP connections: when there is not enough capacity, the
         * least urgent calls of the cluster are refused first. 0, the most urgent, to 7.
         */
        @WithDefault("3")
        int urgency();
    }

    /** Connections that the kernel leads here, as `tombolo sidecar capture install` has it do. */
    interface Transparent {
        /** Whether they are taken. Linux only. */
        @WithDefault("false")
        boolean enabled();

        /** On 127.0.0.1 and ::1; 0 to 65535; 0 = any free one. Must be the one that the rules name: no other one is taken. */
        @WithDefault("15002")
        int port();

        /**
         * Addresses that stand for services, such as checkout.shop=10.96.0.10, comma-separated; not of this machine, and with a
         * route.
         */
        Optional<List<String>> vips();

        /** For one TCP handshake with what is no service, 100ms to 2m; the application's connection is reset then. */
        @WithDefault("10s")
        Duration connectTimeout();
    }

    /** The addresses that names lead to. */
    interface Vip {
        /** Part of 127.64.0.0/10, /16 to /28; default: drawn from the instance id. */
        Optional<String> range();

        /** Ports that are never listened on, such as 8080 or 9000-9010, comma-separated; the application's own never is. */
        Optional<List<String>> excludedPorts();

        /** Ports of services listened on at once, 1 to 10000. */
        @WithDefault("512")
        int maxListeners();
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
        /** 0 to 65535; 0 = any free one. */
        @WithDefault("15020")
        int port();

        /** How many `tombolo tap` may look at the traffic at once, 0 to 64. */
        @WithDefault("4")
        int maxTaps();
    }

    /** Who comes in from the mesh, before it is known who it is. */
    interface Hello {
        /** Largest ClientHello with its record headers, bytes, 512 to 65536. */
        @WithDefault("16384")
        int maxBytes();

        /**
         * From accept to its last byte; the same for each of the two messages with which a gateway that ends TLS hands a caller
         * over, inbound and outbound. 100ms to 60s.
         */
        @WithDefault("5s")
        Duration timeout();

        /** Connections that have not said a name yet, 1 to 1000000, and no more than inbound.max-connections. */
        @WithDefault("4096")
        int maxPending();

        /** The same per IPv4 /24 or IPv6 /64, in which all of a cluster's gateways may be; no more than hello.max-pending. */
        @WithDefault("1024")
        int maxPendingPerSource();
    }

    /** Making mesh connections. */
    interface Dial {
        /** For one TCP handshake, 10ms to 60s; another address is tried after it. */
        @WithDefault("500ms")
        Duration timeout();

        /** For one TLS handshake, 50ms to 60s. */
        @WithDefault("2s")
        Duration tlsTimeout();
    }

    /** Keeping mesh connections. */
    interface Pool {
        /** 100ms to 1h. */
        @WithDefault("60s")
        Duration idle();

        /** 1s to 24h; each connection draws its own, up to a fifth less. */
        @WithDefault("30m")
        Duration maxAge();

        /** Per event loop, 1 to 100000. */
        @WithDefault("512")
        int maxConnections();

        /**
         * Made at once to one target, per event loop, 4 at first and one more for each that was made; further requests wait for
         * one that is made or given back; 1 to 1000.
         */
        @WithDefault("16")
        int maxDials();

        /**
         * Service ports, the last used ones, for which each event loop keeps one connection to the cluster that comes next; 0
         * (none) to 1024.
         */
        @WithDefault("32")
        int standby();
    }

    /** Keeping connections of HTTP to the application. */
    interface AppPool {
        /** 100ms to 1h; shorter than the application keeps its own, which close without a word. */
        @WithDefault("2s")
        Duration idle();

        /** 1s to 24h; each connection draws its own, up to a fifth less. */
        @WithDefault("30m")
        Duration maxAge();

        /** Per event loop, 1 to 100000. */
        @WithDefault("1024")
        int maxConnections();

        /** Made at once, per event loop, as pool.max-dials; 1 to 1000. */
        @WithDefault("16")
        int maxDials();
    }

    /** Own probes of up to 3 gateways of each cluster that was called in the last 5 minutes. */
    interface Probe {
        /** Between pings, 100ms to 60s; after a missed one they go out four times as often. */
        @WithDefault("1s")
        Duration interval();

        /** Missed answers in a row that make a path DOWN, 1 to 20. */
        @WithDefault("3")
        int misses();

        /** Gateways measured at once, 1 to 1024. */
        @WithDefault("64")
        int maxTargets();
    }

    /** Leaving out instances because of what they did. */
    interface Ejection {
        /** Failures in a row, 1 to 1000. */
        @WithDefault("5")
        int after();

        /** The first ejection, 100ms to 1h; doubles with each further one. */
        @WithDefault("10s")
        Duration base();

        /** ejection.base to 24h. */
        @WithDefault("5m")
        Duration longest();

        /** Share ejected at once, 0.0 (never) to 1.0; one is always left. */
        @WithDefault("0.5")
        double maxShare();
    }

    /** Moving between clusters. */
    interface Failover {
        /** How long a cluster must be usable again before it gets traffic, 0s to 1h. */
        @WithDefault("10s")
        Duration hold();

        /** How long moving everything takes, 0s to 1h; never slow away from the dead. */
        @WithDefault("30s")
        Duration ramp();
    }

    /** Repeating what failed. */
    interface Retry {
        /** Attempts in all, 1 to 10; only where nothing can be done twice by it. */
        @WithDefault("3")
        int maxAttempts();

        /** Attempts after the first in percent of the requests of a service, whichever cluster they go to, 0 to 100. */
        @WithDefault("100")
        int budgetPercent();

        /** The time over which that is counted, 1s to 10m. */
        @WithDefault("10s")
        Duration budgetInterval();

        /** What is allowed in any case, 0 to 1000. */
        @WithDefault("10")
        int budgetMinPerSecond();
    }

    /** TCP, both directions. */
    interface Tcp {
        /** A connection on which nothing moves ends, 1s to 24h. */
        @WithDefault("1h")
        Duration idle();

        /** When it has ended, for a side to take what is left, 100ms to 10m; then that is lost. */
        @WithDefault("10s")
        Duration flushTimeout();
    }

    /** Going away. */
    interface Drain {
        /** After it was said that this instance goes away, so that callers hear of it; 0 to drain.deadline. */
        @WithDefault("500ms")
        Duration acceptFor();

        /** What is in work then ends unfinished, 0 to 1h. */
        @WithDefault("10s")
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

    /** What is known of services beyond their names: of those that are called. */
    interface Interest {
        /** One that was not called for longer is forgotten, 1m to 7d. */
        @WithDefault("30m")
        Duration keep();

        /** Services at once, 1 to 10000; a first call of one more is refused. */
        @WithDefault("4096")
        int max();
    }

    /** Numbers with both ends in their labels; see docs/metrics.md. */
    interface MetricsLimits {
        /** Rows of each of them, 16 to 100000; what is more is counted as other. */
        @WithDefault("1000")
        int maxSeries();
    }

    /** Spans for a collector of traces; see docs/tracing.md. */
    interface Trace {
        /** Of a collector that speaks OTLP over HTTP, such as http://127.0.0.1:4318/v1/traces; default: no spans. */
        Optional<String> endpoint();

        /** Share of traces that begin here and are recorded, 0 to 1; what a caller decided is not asked again. */
        @WithDefault("0")
        double ratio();

        /** Spans that may wait to be sent, 64 to 1048576; what is more is dropped and counted. */
        @WithDefault("2048")
        int queue();
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
