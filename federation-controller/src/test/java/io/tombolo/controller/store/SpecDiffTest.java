package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.tombolo.controller.store.SpecDiff.Change;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpecDiffTest {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void equalSpecsDoNotDifferWhateverTheOrderOfTheirFields() {
        assertThat(SpecDiff.of(json("{'a': 1, 'b': [1, 2]}"), json("{'b': [1, 2], 'a': 1}")))
                .isEmpty();
    }

    @Test
    void eachFieldThatDiffersIsNamedByItsPath() {
        // Given
        JsonNode before = json("{'ports': [{'port': 80, 'name': 'web'}], 'mode': 'passthrough', 'gone': {'x': true}}");
        JsonNode after = json("{'ports': [{'port': 80, 'name': 'http'}, {'port': 81}], 'mode': 'passthrough'}");
        // When, then
        assertThat(SpecDiff.of(before, after))
                .containsExactly(
                        new Change("spec.ports[0].name", "\"web\"", "\"http\""),
                        new Change("spec.ports[1].port", "", "81"),
                        new Change("spec.gone.x", "true", ""));
    }

    @Test
    void aResourceThatIsNotThereDiffersInEveryField() {
        assertThat(SpecDiff.of(NOTHING, json("{'a': {'b': 'c'}, 'd': {}}")))
                .containsExactly(new Change("spec.a.b", "", "\"c\""), new Change("spec.d", "", "{}"));
        assertThat(SpecDiff.of(NOTHING, json("{}"))).containsExactly(new Change("spec", "", "{}"));
    }

    @Test
    void anObjectThatBecomesATextIsOneChange() {
        assertThat(SpecDiff.of(json("{'a': {'b': 1}}"), json("{'a': 'b'}")))
                .containsExactly(new Change("spec.a", "{\"b\":1}", "\"b\""));
    }

    @Test
    void nullIsAValue() {
        assertThat(SpecDiff.of(json("{'a': null}"), json("{}"))).containsExactly(new Change("spec.a", "null", ""));
    }

    @Test
    void whatIsTooMuchIsCounted() {
        // Given
        String fields = IntStream.range(0, SpecDiff.MOST + 5)
                .mapToObj(i -> "'f" + i + "': 1")
                .collect(Collectors.joining(","));
        // When, then
        assertThat(SpecDiff.of(NOTHING, json("{" + fields + "}")))
                .hasSize(SpecDiff.MOST + 1)
                .last()
                .isEqualTo(new Change("… and 5 more", "", ""));
    }
}
