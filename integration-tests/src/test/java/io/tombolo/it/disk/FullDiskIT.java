package io.tombolo.it.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.SmallDisk;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@Deep
class FullDiskIT {
    private static Federation federation;
    private static SmallDisk disk;
    private static Cluster west;
    private static Operator east;

    @BeforeAll
    static void westHasASmallDisk() {
        federation = Federation.linked(Map.of("east", "eu"));
        disk = SmallDisk.mount(federation.dir().resolve("west/controller"), 8);
        west = federation.addCluster("west", "eu").awaitReady();
        federation.link("west");
        east = federation.cluster("east").operator();
    }

    @AfterAll
    static void end() {
        if (federation != null) {
            federation.close();
        }
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    void whatCannotBeKeptIsRefusedAndAllElseGoesOnUntilThereIsSpaceAgain() {
        // Given
        Operator operator = west.operator();
        operator.exports("shop", "before", port());
        awaitSeen(east, "west", 1);
        // When
        disk.fill();
        // Then: nothing is acknowledged, whether the resource, its record or its audit entry does not fit
        for (int i = 0; i < 40; i++) {
            String name = "refused-" + i;
            assertThatThrownBy(() -> operator.exports("shop", name, port()))
                    .isInstanceOfSatisfying(
                            TomboloException.class,
                            refused -> assertThat(refused.fault()).isEqualTo(Fault.STORE_FAILED))
                    .hasMessageContaining("owner and free space");
        }
        assertThat(names(operator)).containsExactly("before");
        // Then: no order is taken that would not survive, and none has an effect
        for (int i = 0; i < 10; i++) {
            refused(() -> operator.api().post("/evacuations", ApiClient.body().put("cluster", "east")));
            refused(() -> operator.api().post("/drains", ApiClient.body().put("service", "before.shop")));
        }
        assertThat(operator.api().get("/evacuations")).isEmpty();
        assertThat(operator.api().get("/drains").path("services")).isEmpty();
        // Then: it hears others
        east.exports("shop", "news", port());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> services(operator).contains("news"));
        // When
        disk.free();
        operator.exports("shop", "after", port());
        // Then: it goes on without a restart
        awaitSeen(east, "west", 2);
        assertThat(operator.api().get("/status").path("state").asText()).isEqualTo("JOINED");
        assertThat(operator.api().get("/evacuations")).isEmpty();
        var _ = operator.api().post("/drains", ApiClient.body().put("service", "before.shop"));
        // When
        west.controller().kill();
        west.startControllerAgain();
        // Then
        assertThat(names(west.operator())).containsExactlyInAnyOrder("before", "after");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> services(west.operator()).contains("news"));
        assertThat(west.operator().api().get("/drains").path("services")).hasSize(1);
        assertThat(audited(west.operator())).contains("resource.apply ServiceExport shop/after");
    }

    private static void refused(ThrowableAssert.ThrowingCallable order) {
        assertThatThrownBy(order)
                .isInstanceOfSatisfying(
                        TomboloException.class,
                        refused -> assertThat(refused.fault()).isEqualTo(Fault.STORE_FAILED));
    }

    private static void awaitSeen(Operator by, String cluster, int exports) {
        Awaitility.await(exports + " exports of " + cluster)
                .atMost(Duration.ofSeconds(30))
                .until(() -> by.sees(cluster).path("exports").asInt() == exports);
    }

    private static ObjectNode port() {
        ObjectNode spec = ApiClient.body();
        spec.putArray("ports").addObject().put("port", 80).put("name", "web").put("appProtocol", "http");
        return spec;
    }

    private static java.util.List<String> names(Operator operator) {
        return operator.api().get("/resources/ServiceExport").findValuesAsText("name").stream()
                .filter(name -> !name.equals("web"))
                .toList();
    }

    private static java.util.List<String> services(Operator operator) {
        return operator.api().get("/services").findValuesAsText("name");
    }

    private static java.util.List<String> audited(Operator operator) {
        var entries = new java.util.ArrayList<String>();
        for (JsonNode entry : operator.api().get("/audit?limit=1000")) {
            entries.add(
                    entry.path("action").asText() + " " + entry.path("subject").asText());
        }
        return entries;
    }
}
