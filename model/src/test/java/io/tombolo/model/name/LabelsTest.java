package io.tombolo.model.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelsTest {
    @ParameterizedTest
    @CsvSource({"residency, eu", "cost, ''", "Cost_1.x-y, A.b_c-1", "example.com/tier, 1", "a, b"})
    void whatKubernetesTakesIsTaken(String key, String value) {
        assertThat(Labels.require(Map.of(key, value))).containsEntry(key, value);
    }

    @ParameterizedTest
    @CsvSource({
        "'', eu",
        "-a, eu",
        "a-, eu",
        "a b, eu",
        "/a, eu",
        "a/, eu",
        "a/b/c, eu",
        "A.com/b, eu",
        "-x.com/b, eu",
        "a, -",
        "a, b c",
        "a, b/c",
        "a, 'ü'"
    })
    void whatItDoesNotIsRefusedByItsKey(String key, String value) {
        assertThat(Labels.isLabel(key, value)).isFalse();
        assertThatThrownBy(() -> Labels.require(Map.of(key, value)))
                .hasMessageContaining("TB-1001")
                .hasMessageContaining("label ");
    }

    @Test
    void sixtyFourCharactersAreTooLongAndSeventeenLabelsTooMany() {
        assertThat(Labels.isLabel("k".repeat(63), "v".repeat(63))).isTrue();
        assertThat(Labels.isLabel("k".repeat(64), "v")).isFalse();
        assertThat(Labels.isLabel("k", "v".repeat(64))).isFalse();
        Map<String, String> many = IntStream.range(0, 17).boxed().collect(Collectors.toMap(i -> "k" + i, _ -> "v"));
        assertThatThrownBy(() -> Labels.require(many)).hasMessageContaining("17 labels");
    }
}
