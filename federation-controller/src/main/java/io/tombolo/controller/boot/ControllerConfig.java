package io.tombolo.controller.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings of the controller. Durations carry their unit: {@code 500ms}, {@code 2s}. */
@ConfigMapping(prefix = "controller")
public interface ControllerConfig {
    /** The directory with keys and state; one controller at a time. */
    Path stateDir();

    /** This cluster's name: RFC 1123 label. */
    String cluster();

    /** Where it is; clusters of one region are preferred. At most 63 characters. */
    Optional<String> region();

    /** Where in the region. */
    Optional<String> zone();

    /**
     * What policies of other clusters may choose this one by, such as {@code controller.labels.residency=eu}; at most 16, with
     * the syntax of labels in Kubernetes.
     */
    Map<String, String> labels();

    /** SPIFFE trust domain; default {@code <cluster>.<federation>.tombolo}. Bound to the cluster for ever. */
    Optional<String> trustDomain();

    /** The host name or address at which proxies, members and users reach this controller. */
    @WithDefault("127.0.0.1")
    String advertisedHost();

    /** Takes the next free port instead of refusing to start when a port is taken. */
    @WithDefault("false")
    boolean autoPorts();

    /** The context file that gets an entry for this controller; none by default. */
    Optional<Path> contextFile();

    /** A directory of YAML files that are applied when they change; none by default. */
    Optional<Path> watchDir();

    /** Where it joins by itself. */
    Join join();

    /** The Kubernetes cluster that this is the controller of; none by default. */
    Kubernetes kubernetes();

    /** Sidecars for pods; without an image they are put into none. */
    Injection injection();

    /** This process as one of two, on Kubernetes; without a name it is alone. */
    Replica replica();

    /** Development: gateways of other clusters may have loopback addresses. */
    @WithDefault("false")
    boolean allowLoopbackGateways();

    /** Ranges in which no gateway of another cluster is dialled, such as {@code 10.96.0.0/12}; at most 256. */
    Optional<List<String>> deniedGatewayRanges();

    /** REST API. */
    Api api();

    /** Enrolment and feed of gateways and sidecars. */
    Proxies proxies();

    /** Enrolment of clusters; listens on authorities only. */
    Enrolment enrolment();

    /** How old news of other clusters may be. */
    Freshness freshness();

    /** Without anybody at a command line. */
    interface Join {
        /** A file with a token, which may come later and be replaced; readable by its owner and group alone. */
        Optional<Path> tokenFile();
    }

    /** One of the two says where its API server is. */
    interface Kubernetes {
        /** A kubeconfig, of which the current context counts. */
        Optional<Path> configFile();

        /** The service account of the pod that this runs in. */
        @WithDefault("false")
        boolean inCluster();

        /** The namespace in which a ConfigMap tells proxies how to reach this controller; none by default: nobody is told. */
        Optional<String> namespace();

        /** Tokens of pods that the API server is asked about at a time, 1 to 1000. */
        @WithDefault("16")
        int tokenReviews();

        /** Whether imports get addresses, endpoints and leases; the rights for them are not needed otherwise. */
        @WithDefault("true")
        boolean addresses();

        /** Imports that get addresses at most, 1 to 100000: each is a Service of this cluster. */
        @WithDefault("5000")
        int maxAddresses();

        /** Ports of imports with addresses in one namespace at most, 1 to 100000: each pod there gets variables for every one. */
        @WithDefault("1000")
        int maxNamespacePorts();

        /** EndpointSlices that are written in a second, 1 to 1000. */
        @WithDefault("50")
        int sliceWrites();

        /** Other changes that the API server is asked for in a second, 1 to 1000; twice as many at once. */
        @WithDefault("100")
        int writes();
    }

    /** This process as one of two. */
    interface Replica {
        /** Its pod's name, by which a lease says who leads; none by default. The one that ends in {@code -0} leads first. */
        Optional<String> name();

        /** Where the other one reaches this one; default: the advertised host. */
        Optional<String> host();

        /** A token of its pod's service account for the audience {@code tombolo-controller}. */
        Optional<Path> tokenFile();

        /** How long nothing is heard of the one that leads before the other one takes over, 500ms to 1m. */
        @WithDefault("2s")
        Duration takeoverAfter();

        /** Connections that the one that stands by hands on at a time, 1 to 100000. */
        @WithDefault("10000")
        int maxForwarded();

        /** Of changes, and of a first copy, that the other one has not taken yet, 1048576 to 2147483647. */
        @WithDefault("268435456")
        int maxWaitingBytes();
    }

    /** What is put into pods, where the API server asks. */
    interface Injection {
        /** The image of the sidecar; none by default: nobody is listened to. */
        Optional<String> image();

        /** Always, IfNotPresent or Never. */
        @WithDefault("IfNotPresent")
        String pullPolicy();

        /** Secrets of each pod's namespace by which the image is pulled. */
        Optional<List<String>> pullSecrets();

        /** Address of the cluster's DNS; default: the first nameserver of the pod that this runs in. */
        Optional<String> clusterDns();

        /** Of services that are no mesh's. */
        @WithDefault("cluster.local")
        String clusterDomain();

        /** Reviews of one address at a time, 1 to 1000. */
        @WithDefault("32")
        int reviews();

        /** Address to listen on. */
        @WithDefault("0.0.0.0")
        String host();

        /** Port, 1 to 65535; 0 = any free one. */
        @WithDefault("15017")
        int port();
    }

    /** REST API. */
    interface Api {
        /** Address to listen on. */
        @WithDefault("127.0.0.1")
        String host();

        /** Port, 1 to 65535; 0 = any free one. */
        @WithDefault("15080")
        int port();

        /**
         * PEM file of CAs whose client certificates are credentials: CN is who, O is {@code viewer}, {@code operator} or
         * {@code owner:<namespace>}. None by default: tokens only.
         */
        Optional<Path> clientCaFile();
    }

    /** Enrolment and feed of gateways and sidecars. */
    interface Proxies {
        /** The host name or address at which proxies reach this controller; default: that for everybody. */
        Optional<String> advertisedHost();

        /** Address to listen on; default: all, or the advertised one if that is of this machine alone. */
        Optional<String> host();

        /** Port, 1 to 65535; 0 = any free one. */
        @WithDefault("15010")
        int port();

        /** Life of an SVID: 1m to 24h; renewed at half. */
        @WithDefault("24h")
        Duration svidLife();
    }

    /** Enrolment of clusters. */
    interface Enrolment {
        /** Address to listen on; default: all, or the advertised one if that is of this machine alone. */
        Optional<String> host();

        /** Port, 1 to 65535; 0 = any free one. */
        @WithDefault("15012")
        int port();
    }

    /** How old news of other clusters may be. */
    interface Freshness {
        /** How long an origin counts as alive after its last new pulse; default max(30 s, 10 pulse intervals). */
        Optional<Duration> lease();

        /** Shortest time between pulses, 100ms to 1m; alike in all members: who hears less often looks stale to others. */
        @WithDefault("1s")
        Duration minInterval();

        /** No origin is stale earlier; 300ms to 1h. */
        @WithDefault("5s")
        Duration minStale();

        /** An origin whose clock is off by more is stale; 1s to 1h. */
        @WithDefault("30s")
        Duration delayedBy();

        /** How long without any news of members before only local services are reachable. 1m to 30d. */
        @WithDefault("24h")
        Duration maxBlind();
    }
}
