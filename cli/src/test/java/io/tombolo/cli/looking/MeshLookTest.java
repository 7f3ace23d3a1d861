package io.tombolo.cli.looking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.evidence.Member;
import io.tombolo.cli.evidence.Proxy;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
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
        return new Proxy(instance, "workload", "spiffe://a/b", current, true, false, "", "0.1.0", 1, 2);
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
}
