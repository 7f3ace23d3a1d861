package io.tombolo.it.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Network;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two clusters whose workloads have the very same address and port; only their gateways can reach each other. */
@Deep
class SameAddressesIT {
    private static final int APP_PORT = 8080;
    private static final int INBOUND_PORT = 15006;
    private static final int BOUND_PORT = 18080;

    @Test
    void aCallReachesTheOtherClusterThoughAWorkloadOfTheOwnHasTheSameAddress() {
        try (Network network = Network.of("east", "west")) {
            // Given
            String outside = network.outside();
            try (Federation federation = Federation.linked(
                    twoClusters(),
                    Map.of(
                            "advertised-host", outside,
                            "api.host", outside,
                            "proxies.host", outside,
                            "enrolment.host", outside))) {
                Cluster east = inhabit(network, federation.cluster("east"), "decoy");
                Cluster west = inhabit(network, federation.cluster("west"), "checkout");
                west.operator().exports("shop", "checkout");
                east.startsSidecar(
                        "shop", "frontend", "frontend", Map.of("bind", "checkout.shop:80=127.0.0.1:" + BOUND_PORT));
                east.operator().awaitsPathTo("west");
                east.operator().awaitsReady("shop", "checkout", "west", 1);
                // When
                String answer = east.asks(BOUND_PORT);
                // Then
                assertThat(answer)
                        .startsWith("west checkout-1")
                        .contains("spiffe://east.demo.tombolo/ns/shop/sa/frontend");
            }
        }
    }

    private static Map<String, String> twoClusters() {
        var two = new LinkedHashMap<String, String>();
        two.put("east", "eu");
        two.put("west", "eu");
        return two;
    }

    /** A gateway, and one instance of a service at the address that all workloads have. */
    private static Cluster inhabit(Network network, Cluster cluster, String service) {
        cluster.livesInside(network.inside(cluster.name()));
        cluster.startsGateway("gateway", Map.of("listen.host", network.address(cluster.name())));
        cluster.startsApp(service + "-1", APP_PORT);
        cluster.startsSidecar(
                "shop",
                service,
                service + "-1",
                Map.of(
                        "service",
                        "shop/" + service,
                        "service-port",
                        "80",
                        "app-port",
                        String.valueOf(APP_PORT),
                        "inbound.host",
                        Network.WORKLOAD,
                        "inbound.port",
                        String.valueOf(INBOUND_PORT)));
        return cluster;
    }
}
