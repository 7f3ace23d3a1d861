package io.tombolo.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SidecarCallsTest {
    private static final String PAGE = "# TYPE tombolo_requests_total counter\n"
            + line("outbound", "west", "checkout", "200", "none", 40)
            + line("outbound", "east", "checkout", "200", "none", 50)
            + line("outbound", "east", "checkout", "404", "CLIENT", 3)
            + line("outbound", "west", "checkout", "503", "NETWORK", 4)
            + line("outbound", "east", "checkout", "500", "none", 2)
            + line("outbound", "east", "cart", "200", "none", 7)
            + line("inbound", "east", "frontend", "200", "none", 1_000);

    @Test
    void whatTheWorkloadCallsCountsAndWhatCameToItDoesNot() {
        Calls calls = SidecarCalls.read(PAGE, "");
        assertThat(calls.ended()).isEqualTo(106);
        assertThat(calls.failed()).isEqualTo(6);
        assertThat(calls.byCluster()).isEqualTo(Map.of("west", 40L, "east", 60L));
    }

    @Test
    void oneServiceCanBeWatchedAlone() {
        assertThat(SidecarCalls.read(PAGE, "cart.shop")).isEqualTo(new Calls(7, 0, Map.of("east", 7L)));
    }

    @Test
    void aSharesIsOfGoodAnswersOnly() {
        Calls before = SidecarCalls.read(PAGE, "");
        var after = new Calls(206, 56, Map.of("west", 65L, "east", 85L));
        assertThat(after.share("west", before)).isEqualTo(0.5);
        assertThat(before.share("west", before)).isZero();
    }

    private static String line(String direction, String cluster, String service, String code, String blame, int count) {
        return "tombolo_requests_total{direction=\"" + direction + "\",destination_cluster=\"" + cluster
                + "\",destination_namespace=\"shop\",destination_service=\"" + service + "\",response_code=\"" + code
                + "\",blame=\"" + blame + "\"} " + count + "\n";
    }
}
