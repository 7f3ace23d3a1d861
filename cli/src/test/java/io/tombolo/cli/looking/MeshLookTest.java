package io.tombolo.cli.looking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.evidence.Door;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeshLookTest {
    private static final String MEMBER = """
            {"cluster":"west","state":"ADMITTED","trustDomain":"west.demo.tombolo","local":false,"freshness":"FRESH","ageMs":5,"offsetMs":0,"exports":1,
             "gateways":[{"instance":"g","addresses":["192.0.2.1:15443"],"draining":false,"seenBy":[],
              "paths":[{"from":"f","state":"UP","rttMicros":400%s}]}],
             "trust":"READY","refused":{},"leftOut":[],"somethingNew":1}
            """;

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    private static Proxy proxy(String instance, boolean current) {
        return new Proxy(instance, "workload", "spiffe://a/b", current, true, "", "0.1.0", 1, 2);
    }

    @Test
    void whatAnAnswerHasBesidesIsLeftOut() throws IOException {
        assertThat(Shape.of(json(MEMBER.formatted(",\"ageMs\":7")), Member.class)
                        .gateways()
                        .getFirst()
                        .paths()
                        .getFirst()
                        .ageMs())
                .isEqualTo(7);
    }

    @Test
    void aPathWhoseAgeIsNotSaidIsNotTakenForNew() throws IOException {
        JsonNode ofAnOlderController = json(MEMBER.formatted(""));
        assertThatThrownBy(() -> Shape.of(ofAnOlderController, Member.class))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("TB-9001");
    }

    @Test
    void aProxyIsBehindOnlyIfItWasBeforeToo() {
        // When
        List<Proxy> settled = MeshLook.settled(
                List.of(proxy("a", true), proxy("b", false), proxy("c", false)),
                List.of(proxy("a", false), proxy("b", true), proxy("c", false)));
        // Then
        assertThat(settled).containsExactly(proxy("a", true), proxy("b", true), proxy("c", false));
    }

    @Test
    void aPortThatNobodyListensOnIsClosed() throws IOException {
        // Given
        int free;
        try (var gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = gone.getLocalPort();
        }
        // When
        Door here = new Doorbell(true).ring("g", "127.0.0.1:" + free, "probe.g.west.demo.tombolo");
        Door anywhere = new Doorbell(false).ring("g", "127.0.0.1:" + free, "probe.g.west.demo.tombolo");
        // Then
        assertThat(here.answer()).isInstanceOf(Door.Closed.class);
        assertThat(here.telling()).isTrue();
        assertThat(anywhere.telling()).isFalse();
    }

    @Test
    void whoSpeaksNoTlsProvesToBeNobody() throws IOException {
        // Given
        try (var plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var client = plain.accept()) {
                    client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                } catch (IOException ended) {
                    // So does the test.
                }
            });
            // When
            Door door = new Doorbell(true).ring("g", "127.0.0.1:" + plain.getLocalPort(), "probe.g.west.demo.tombolo");
            // Then
            assertThat(door.answer()).isEqualTo(new Door.Proven(""));
        }
    }

    @Test
    void anAddressThatIsNoneCannotBeUsed() {
        assertThat(new Doorbell(true)
                        .ring("g", "nowhere", "probe.g.west.demo.tombolo")
                        .answer())
                .isInstanceOf(Door.Closed.class);
    }
}
