package io.tombolo.cli.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** Entries of the access log as people read them. */
class TapLineTest {
    private static String line(String json) throws JsonProcessingException {
        return TapLine.of(new ObjectMapper().readTree(json));
    }

    @Test
    void aRequestSaysWhoCalledWhomAndHowItWent() throws Exception {
        assertThat(line("{\"time\":\"2026-01-02T03:04:05.678901Z\",\"direction\":\"outbound\","
                        + "\"source\":{\"cluster\":\"east\",\"namespace\":\"shop\",\"workload\":\"frontend\"},"
                        + "\"destination\":{\"cluster\":\"west\",\"namespace\":\"shop\",\"service\":\"checkout\",\"port\":80},"
                        + "\"method\":\"GET\",\"path\":\"/cart\",\"status\":503,\"durationMicros\":12340,"
                        + "\"blame\":\"APP\",\"code\":\"TB-2016\",\"attempts\":2}"))
                .isEqualTo("03:04:05.678 out frontend.shop(east) → checkout.shop:80(west) GET /cart 503 12.3 ms"
                        + " 2 attempts APP TB-2016");
    }

    @Test
    void whatWasLeftOutIsSaid() throws Exception {
        assertThat(line("{\"missed\":7}")).isEqualTo("… 7 more were not shown (--rate)");
    }

    @Test
    void aCallOfNothingHasNoDestination() throws Exception {
        assertThat(line("{\"time\":\"2026-01-02T03:04:05.678901Z\",\"direction\":\"outbound\","
                        + "\"source\":{\"workload\":\"frontend\",\"namespace\":\"shop\"},\"destination\":{},"
                        + "\"ended\":\"refused\",\"durationMicros\":1}"))
                .isEqualTo("03:04:05.678 out frontend.shop → no service tcp refused 0.0 ms");
    }
}
