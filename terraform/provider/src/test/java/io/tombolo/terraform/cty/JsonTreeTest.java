package io.tombolo.terraform.cty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "\"\"",
                "true",
                "-0",
                "2147483648",
                "123456789012345678901234567890",
                "0.1000000000000000055511151231257827",
                "1e-7",
                "{\"a\":[1,{\"b\":null,\"c\":[[]]},false,\"\\u0000\\\"\\\\é😀\"],\"d\":{\"e\":-1.5}}",
                "{\"same\":1,\"same\":2}",
                " {\"behind\":1} {\"it\":2}",
            })
    void treesAreThoseOfTheMapperBothWays(String json) throws IOException {
        // When
        var read = JsonTree.read(bytes(json));
        // Then
        assertThat(read).isEqualTo(MAPPER.readTree(json));
        assertThat(JsonTree.write(read)).isEqualTo(MAPPER.writeValueAsBytes(read));
        assertThat(JsonTree.read(JsonTree.write(read))).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void nothingIsMissing(String json) throws IOException {
        assertThat(JsonTree.read(bytes(json)).isMissingNode()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "[1,", "{\"a\"", "{\"a\":}", "[1 2]", "}", "tru", "\"open", "{a:1}", "01", "1.", "<html>"})
    void whatIsNoJsonIsRefused(String json) {
        assertThatThrownBy(() -> JsonTree.read(bytes(json))).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void whatIsNestedWithoutEndIsRefused() {
        assertThatThrownBy(() -> JsonTree.read(bytes("[".repeat(1_000_000))))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining("depth");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
