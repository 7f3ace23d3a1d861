package io.tombolo.it.join;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Ten controllers, gateways in three clusters; prints how long each join took. Takes minutes: only in a deep build. */
@Deep
class TenClustersIT {
    private static final List<String> WITH_GATEWAY = List.of("c1", "c2", "c3");

    @Test
    void tenClustersJoinOneAfterTheOtherAndAllSeeAll() {
        // Given
        try (Federation federation = Federation.linked(Map.of("c1", "eu"))) {
            Cluster first = federation.cluster("c1");
            first.startsGateway("gateway");
            Map<String, Long> joinedMillis = new LinkedHashMap<>();
            // When
            for (int i = 2; i <= 10; i++) {
                String name = "c" + i;
                Cluster cluster =
                        federation.addCluster(name, i % 2 == 0 ? "us" : "eu").awaitReady();
                long start = System.nanoTime();
                federation.link(name);
                joinedMillis.put(
                        name, Duration.ofNanos(System.nanoTime() - start).toMillis());
                if (WITH_GATEWAY.contains(name)) {
                    cluster.startsGateway("gateway");
                }
            }
            System.out.println("joined, in ms: " + joinedMillis);
            // Then
            for (int i = 1; i <= 10; i++) {
                awaitsAllFresh(federation.cluster("c" + i));
            }
            for (String from : WITH_GATEWAY) {
                WITH_GATEWAY.stream()
                        .filter(to -> !to.equals(from))
                        .forEach(federation.cluster(from).operator()::awaitsPathTo);
            }
        }
    }

    private static void awaitsAllFresh(Cluster witness) {
        Awaitility.await(witness.name() + " to see ten")
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> {
                    JsonNode rows = witness.operator().api().get("/clusters");
                    assertThat(rows).as(rows.toString()).hasSize(10).allSatisfy(row -> {
                        assertThat(row.path("state").asText()).isEqualTo("ADMITTED");
                        assertThat(row.path("freshness").asText()).isEqualTo("FRESH");
                    });
                });
    }
}
