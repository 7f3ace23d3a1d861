package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SaidUrgencyTest {
    private static final int USUAL = 3;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u=0 | 0",
                "u=7, i | 7",
                "i, u=5 | 5",
                "i,\tu=5 | 5",
                "u=1;x=2 | 1",
                "u=2, u=6 | 6",
                "u=8 | 3",
                "u=-1 | 3",
                "u=55 | 3",
                "u=5x | 3",
                "u=\"5\" | 3",
                "U=5 | 3",
                "mu=5 | 3",
                "i | 3",
                "'' | 3"
            })
    void whatIsNoUrgencyIsAsIfNothingWasSaid(String said, int urgency) {
        var headers = new DefaultHttpHeaders().add("Priority", said);
        assertThat(SaidUrgency.of(headers, USUAL)).isEqualTo(urgency);
    }

    @Test
    void whoSaysNothingIsAsUrgentAsIsSet() {
        assertThat(SaidUrgency.of(new DefaultHttpHeaders(), 6)).isEqualTo(6);
    }
}
