package io.tombolo.dataplane.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.traffic.Way.Called;
import io.tombolo.dataplane.traffic.Way.Direction;
import io.tombolo.dataplane.traffic.Way.Peer;
import io.tombolo.model.outcome.Blame;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is counted by both ends. */
class EdgeTest {
    private static final int MOST = 16;

    private final Metrics metrics = new Metrics(MOST);
    private final Traffic traffic = new Traffic(metrics);

    private static Way to(String cluster) {
        return new Way(
                Direction.OUTBOUND,
                new Peer("east", "shop", "frontend"),
                new Peer(cluster, "", "checkout"),
                new Called("shop", "checkout", 80));
    }

    private List<String> lines(String name) {
        return metrics.text().lines().filter(line -> line.startsWith(name)).toList();
    }

    private static long value(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void whatTwoLoopsCountIsOneRow() {
        // Given
        Edge one = traffic.loop().edge(to("west"));
        Edge other = traffic.loop().edge(to("west"));
        // When
        one.request(200, -1, null, "", 1, 10, 20);
        other.request(200, -1, null, "", 1, 1, 2);
        // Then
        String labels = "{direction=\"outbound\",source_cluster=\"east\",source_namespace=\"shop\","
                + "source_workload=\"frontend\",destination_cluster=\"west\",destination_workload=\"checkout\","
                + "destination_namespace=\"shop\",destination_service=\"checkout\",destination_port=\"80\","
                + "response_code=\"200\",grpc_status=\"none\",blame=\"none\",fault=\"none\"}";
        assertThat(lines("tombolo_requests_total")).containsExactly("tombolo_requests_total" + labels + " 2");
        assertThat(lines("tombolo_request_bytes_total"))
                .containsExactly("tombolo_request_bytes_total" + labels + " 11");
        assertThat(lines("tombolo_answer_bytes_total")).containsExactly("tombolo_answer_bytes_total" + labels + " 22");
    }

    @Test
    void durationsAreSecondsInBucketsThatEachHoldTheOnesBefore() {
        // Given
        Edge edge = traffic.loop().edge(to("west"));
        // When
        for (long millis : new long[] {1, 2, 30, 20_000}) {
            edge.request(200, -1, null, "", TimeUnit.MILLISECONDS.toNanos(millis), 0, 0);
        }
        // Then
        assertThat(lines("# TYPE tombolo_request_duration_seconds"))
                .singleElement()
                .asString()
                .endsWith(" histogram");
        assertThat(lines("tombolo_request_duration_seconds_bucket"))
                .hasSize(Traffic.BOUNDS_NANOS.size() + 1)
                .anyMatch(line -> line.endsWith(",le=\"0.001\"} 1"))
                .anyMatch(line -> line.endsWith(",le=\"0.0025\"} 2"))
                .anyMatch(line -> line.endsWith(",le=\"0.05\"} 3"))
                .anyMatch(line -> line.endsWith(",le=\"10\"} 3"))
                .anyMatch(line -> line.endsWith(",le=\"+Inf\"} 4"));
        assertThat(lines("tombolo_request_duration_seconds_sum"))
                .singleElement()
                .asString()
                .endsWith(" 20.033");
        assertThat(lines("tombolo_request_duration_seconds_count"))
                .singleElement()
                .asString()
                .endsWith(" 4");
    }

    @Test
    void rowsBeyondTheLimitAreCountedAsOtherAndNoneIsLost() {
        // Given
        Traffic.Loop loop = traffic.loop();
        int clusters = 100;
        // When
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < clusters; i++) {
                loop.edge(to("cluster-" + i)).request(200, -1, null, "", 1, 0, 0);
            }
        }
        // Then
        List<String> rows = lines("tombolo_requests_total");
        assertThat(rows).hasSize(MOST + 1);
        assertThat(rows)
                .filteredOn(line -> line.contains("direction=\"outbound\",source_cluster=\"other\""))
                .singleElement()
                .satisfies(line -> assertThat(value(line)).isEqualTo(3L * (clusters - MOST)));
        assertThat(rows.stream().mapToLong(EdgeTest::value).sum()).isEqualTo(3L * clusters);
        assertThat(lines("tombolo_metrics_folded_total "))
                .allSatisfy(line -> assertThat(value(line)).isPositive());
    }

    @Test
    void oneSideCannotMakeRowsWithoutEnd() {
        // Given
        var roomy = new Metrics();
        Edge edge = new Traffic(roomy).loop().edge(to("west"));
        // When
        for (int i = 0; i < 9_000; i++) {
            edge.request(200 + i % 400, -1, Blame.APP, "TB-" + (1_000 + i), 1, 0, 0);
        }
        // Then
        List<String> rows = roomy.text()
                .lines()
                .filter(line -> line.startsWith("tombolo_requests_total"))
                .toList();
        assertThat(rows).hasSizeLessThanOrEqualTo(Edge.MOST_OUTCOMES + 4).anyMatch(line -> line.contains("\"4xx\""));
        assertThat(rows.stream().mapToLong(EdgeTest::value).sum()).isEqualTo(9_000);
    }

    /** What a request costs is why there are cells at all. */
    @Test
    void anOutcomeThatWasSeenBeforeMakesNothing() {
        // Given
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Edge edge = traffic.loop().edge(to("west"));
        long requests = 50_000;
        Runnable all = () -> {
            for (long i = 0; i < requests; i++) {
                edge.request(i % 2 == 0 ? 200 : 404, -1, null, "", i, 1, 1);
            }
        };
        all.run();
        // When
        long before = threads.getCurrentThreadAllocatedBytes();
        all.run();
        long made = threads.getCurrentThreadAllocatedBytes() - before;
        // Then
        assertThat(made).isLessThan(requests / 10);
    }

    @Test
    void whatIsOpenFallsAgain() {
        // Given
        Edge edge = traffic.loop().edge(to("west"));
        edge.connected();
        edge.connected();
        // When
        edge.disconnected();
        // Then
        assertThat(lines("tombolo_mesh_connections_open{"))
                .singleElement()
                .asString()
                .endsWith(" 1");
        assertThat(lines("tombolo_mesh_connections_opened_total"))
                .singleElement()
                .asString()
                .endsWith(" 2");
    }
}
