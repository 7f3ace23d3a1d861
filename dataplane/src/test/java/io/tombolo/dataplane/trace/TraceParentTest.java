package io.tombolo.dataplane.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.TomboloException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context §3.2. */
class TraceParentTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    @Test
    void whatIsReadIsWrittenAgain() {
        String text = "00-" + TRACE + "-" + SPAN + "-01";
        assertThat(TraceParent.parse(text)).contains(new TraceParent(TRACE, SPAN, 1));
        assertThat(TraceParent.parse(text).orElseThrow().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-" + TRACE + "-" + SPAN,
                "00-" + TRACE + "-" + SPAN + "-1",
                "00-" + TRACE + "-" + SPAN + "-01-",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "ff-" + TRACE + "-" + SPAN + "-01",
                "0g-" + TRACE + "-" + SPAN + "-01",
                "01-" + TRACE + "-" + SPAN + "-01more",
                "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-" + TRACE + "-" + SPAN + "-0x",
                "00_" + TRACE + "_" + SPAN + "_01",
                " 00-" + TRACE + "-" + SPAN + "-01"
            })
    void whatIsNoneIsNotRead(String text) {
        assertThat(TraceParent.parse(text)).isEmpty();
    }

    @Test
    void aLaterVersionIsReadAsFarAsThisOneGoes() {
        assertThat(TraceParent.parse("cc-" + TRACE + "-" + SPAN + "-09-what-the-future-will-be"))
                .contains(new TraceParent(TRACE, SPAN, 1));
    }

    @Test
    void aChildIsOfTheSameTraceWithAnIdOfItsOwn() {
        // Given
        TraceParent first = TraceParent.begin(true);
        // When
        TraceParent child = first.child();
        // Then
        assertThat(child.traceId()).isEqualTo(first.traceId());
        assertThat(child.spanId()).isNotEqualTo(first.spanId());
        assertThat(TraceParent.parse(child.text())).contains(child);
    }

    @Test
    void anEndpointWithoutAPathGetsTheUsualOne() {
        assertThat(TraceSettings.endpoint("http://127.0.0.1:4318"))
                .contains(URI.create("http://127.0.0.1:4318/v1/traces"));
        assertThat(TraceSettings.endpoint("https://collector/otlp")).contains(URI.create("https://collector/otlp"));
        assertThat(TraceSettings.endpoint(" ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://collector/", "collector:4318", "http:///v1/traces", "http://user:secret@collector/", "::"
            })
    void anEndpointThatIsNoneIsRefused(String text) {
        assertThatThrownBy(() -> new TraceSettings(TraceSettings.endpoint(text), 0, 64))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("trace.endpoint");
    }
}
