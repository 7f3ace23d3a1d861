package io.tombolo.cli.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From two looks at a sidecar's numbers to what went on in between. */
class SampleTest {
    private static String labels(String to, String blame) {
        return "direction=\"outbound\",source_cluster=\"east\",source_namespace=\"shop\",source_workload=\"frontend\","
                + "destination_cluster=\"" + to + "\",destination_workload=\"checkout\",destination_namespace=\"shop\","
                + "destination_service=\"checkout\",destination_port=\"80\",response_code=\"200\",blame=\"" + blame
                + "\",fault=\"none\"";
    }

    private static String requests(String to, String blame, int count) {
        return "tombolo_requests_total{" + labels(to, blame) + "} " + count + "\n";
    }

    private static String bucket(String to, String le, int count) {
        return "tombolo_request_duration_seconds_bucket{" + labels(to, "none") + ",le=\"" + le + "\"} " + count + "\n";
    }

    @Test
    void onlyWhatCameInBetweenCountsAndTheBusiestIsFirst() {
        // Given
        Sample before = Sample.read("# TYPE tombolo_requests_total counter\n" + requests("west", "none", 100)
                + requests("south", "none", 7) + requests("idle", "none", 9));
        Sample after = Sample.read(requests("west", "none", 110)
                + requests("west", "APP", 8)
                + requests("west", "CLIENT", 2)
                + requests("south", "none", 47)
                + requests("idle", "none", 9));
        // When
        List<Rate> rates = after.since(before, 2);
        // Then
        assertThat(rates).extracting(rate -> rate.way().destinationCluster()).containsExactly("south", "west");
        Rate west = rates.getLast();
        assertThat(west.perSecond()).isEqualTo(10);
        assertThat(west.success()).isEqualTo(0.6);
        assertThat(west.mostBlame()).isEqualTo("APP");
        assertThat(west.way().source()).isEqualTo("frontend.shop");
        assertThat(west.way().destination()).isEqualTo("checkout.shop:80");
        assertThat(rates.getFirst().mostBlame()).isEmpty();
    }

    @Test
    void aSidecarThatBeganAnewHasNothingBefore() {
        Sample before = Sample.read(requests("west", "none", 100));
        Sample after = Sample.read(requests("west", "none", 5));
        assertThat(after.since(before, 1))
                .singleElement()
                .satisfies(rate -> assertThat(rate.perSecond()).isEqualTo(5));
    }

    @Test
    void durationsComeFromTheBucketsOfThatTime() {
        // Given
        Sample before = Sample.read(requests("west", "none", 100)
                + bucket("west", "0.01", 100)
                + bucket("west", "0.1", 100)
                + bucket("west", "+Inf", 100));
        Sample after = Sample.read(requests("west", "none", 200)
                + bucket("west", "0.01", 150)
                + bucket("west", "0.1", 200)
                + bucket("west", "+Inf", 200));
        // When
        Rate rate = after.since(before, 1).getFirst();
        // Then
        assertThat(rate.p50Millis()).isCloseTo(10, within(0.001));
        assertThat(rate.p99Millis()).isCloseTo(10 + 90 * 0.98, within(0.001));
    }

    @Test
    void beyondTheLastBucketNobodyKnows() {
        assertThat(Rate.millis(Map.of(1.0, 1.0, Double.POSITIVE_INFINITY, 100.0), 0.99))
                .isInfinite();
        assertThat(Rate.millis(Map.of(), 0.5)).isZero();
    }
}
