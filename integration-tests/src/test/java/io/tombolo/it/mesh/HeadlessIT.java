package io.tombolo.it.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tombolo.cli.api.ApiClient;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.NameServer;
import io.tombolo.it.actors.ServiceInstance;
import io.tombolo.it.actors.ThreeClusters;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;

/** A program in east reaches each instance of a database by its names, wherever it is; on Linux, where 127.64.0.0/10 is there. */
@EnabledOnOs(OS.LINUX)
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadlessIT {
    private static final String NAME = "mysql.data.svc.clusterset.local";
    private static final int PORT = 13_306;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ThreeClusters three;

    @BeforeAll
    void start(ThreeClusters three) {
        this.three = three;
    }

    @AfterAll
    void end() throws Exception {
        three.endWorkloads();
    }

    @Test
    void eachInstanceOfEachClusterIsReachedByItsNameUntilItIsGone() throws Exception {
        // Given
        List<ServiceInstance> instances = Together.all(List.of(
                () -> mysql(three.east(), "mysql-0", "mysql-0"),
                () -> mysql(three.west(), "mysql-1", "mysql-0"),
                () -> mysql(three.west(), "mysql-2", "mysql-1")));
        exports(three.east());
        exports(three.west());
        NameServer names = three.east().startsCallerByNames("data", "web");
        three.east().operator().awaitsPathTo("west");
        String here = name(instances.get(0), "east");
        String first = name(instances.get(1), "west");
        String second = name(instances.get(2), "west");
        // When
        Awaitility.await("all instances")
                .atMost(PATIENCE)
                .until(() -> names.records(NAME, "A").size() == 3);
        // Then
        for (int i = 0; i < 5; i++) {
            assertThat(asks(names, here).body()).startsWith("east mysql-0");
            assertThat(asks(names, first).body()).startsWith("west mysql-1");
            assertThat(asks(names, second).body()).startsWith("west mysql-2");
        }
        // Then by what it is called in its cluster, too
        String called = "mysql-0.west." + NAME;
        assertThat(asks(names, called).body()).startsWith("west mysql-1");
        assertThat(asks(names, "mysql-0.east." + NAME).body()).startsWith("east mysql-0");
        assertThat(names.records(NAME, "A"))
                .containsExactlyInAnyOrder(address(names, here), address(names, first), address(names, second));
        assertThat(names.records("_web._tcp." + NAME, "SRV"))
                .containsExactlyInAnyOrder(
                        server("mysql-0.east." + NAME), server(called), server("mysql-1.west." + NAME));
        // When one is gone
        String address = address(names, second);
        instances.get(2).kill();
        // Then nobody else answers for it, and its name goes
        Awaitility.await("its name is gone").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(answer(address)).doesNotContain("mysql-");
            assertThat(names.records(NAME, "A")).hasSize(2);
            assertThat(names.records(second, "A")).isEmpty();
        });
        assertThat(answer(address)).doesNotContain("mysql-");
        assertThat(asks(names, first).body()).startsWith("west mysql-1");
        // When another one takes its place
        mysql(three.west(), "mysql-3", "mysql-1");
        // Then what it was called leads there
        Awaitility.await("its successor")
                .atMost(PATIENCE)
                .until(() -> names.records("mysql-1.west." + NAME, "A").size() == 1);
        assertThat(asks(names, "mysql-1.west." + NAME).body()).startsWith("west mysql-3");
        assertThat(names.records(second, "A")).isEmpty();
    }

    private static ServiceInstance mysql(Cluster cluster, String label, String hostname) {
        return cluster.startsService(
                "data", "mysql", label, Map.of("service-port", "" + PORT, "workload.hostname", hostname));
    }

    private static void exports(Cluster cluster) {
        ObjectNode spec = ApiClient.body().put("type", "Headless");
        spec.putArray("ports").addObject().put("port", PORT).put("name", "web").put("appProtocol", "http");
        cluster.operator().exports("data", "mysql", spec);
    }

    private static String name(ServiceInstance instance, String cluster) {
        return instance.sidecar().ready().path("instance").asText() + "." + cluster + "." + NAME;
    }

    private static String server(String name) {
        return "0 100 " + PORT + " " + name + ".";
    }

    private static String address(NameServer names, String name) {
        return names.records(name, "A").getFirst();
    }

    private HttpResponse<String> asks(NameServer names, String name) throws Exception {
        return get(address(names, name));
    }

    /** What is heard at an address; empty if nobody is there. */
    private String answer(String address) throws InterruptedException {
        try {
            return get(address).body();
        } catch (IOException nobody) {
            return "";
        }
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        URI page = URI.create("http://" + address + ":" + PORT + "/");
        return http.send(
                HttpRequest.newBuilder(page)
                        .timeout(Duration.ofSeconds(10))
                        .GET()
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
