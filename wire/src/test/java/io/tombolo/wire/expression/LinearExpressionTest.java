package io.tombolo.wire.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearExpressionTest {
    @Test
    void itIsForTheWholeTextAndNotForAPartOfIt() {
        var expression = LinearExpression.of("/v[0-9]+(/.*)?");

        assertThat(List.of("/v1", "/v22/cart", "/v1/")).allMatch(expression::fits);
        assertThat(List.of("/v", "x/v1", "/v1x", "/v1\n", "")).noneMatch(expression::fits);
    }

    @Test
    void aUuidIsNotTooLarge() {
        var uuid = LinearExpression.of("/orders/[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}");

        assertThat(uuid.fits("/orders/3f2504e0-4f89-11d3-9a0c-0305e82c3301")).isTrue();
        assertThat(uuid)
                .isEqualTo(LinearExpression.of(uuid.source()))
                .hasSameHashCodeAs(LinearExpression.of(uuid.source()));
    }

    /** Others take exponential time for these. */
    @Test
    void aTextThatIsMeantToTakeForEverTakesNoTime() {
        String text = "a".repeat(8_000) + "!";

        assertThat(LinearExpression.of("(a+)+b").fits(text)).isFalse();
        assertThat(LinearExpression.of("(a|aa)*c").fits(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "(",
                "a{2,1}",
                "(a)\\1",
                "(?=a)b",
                "(?<!a)b",
                "[z-a]",
                "a**",
                "((((a{99}){99}){99}){99}){99}",
                "(((a{30}){30}){30}){30}",
                "a{1001}",
                "(a{500}){3}",
                "\\pX"
            })
    void whatIsNoneOrTooLargeIsRefusedBeforeItCostsAnything(String source) {
        assertThatThrownBy(() -> LinearExpression.of(source)).hasMessageContaining("TB-1004");
    }

    @Test
    void aSourceMayHaveAThousandCharactersAndNotMore() {
        assertThat(LinearExpression.of("a".repeat(900)).fits("a".repeat(900))).isTrue();
        assertThatThrownBy(() -> LinearExpression.of("a".repeat(1_025))).hasMessageContaining("TB-1004");
    }
}
