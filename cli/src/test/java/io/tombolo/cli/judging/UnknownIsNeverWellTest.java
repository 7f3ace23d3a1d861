package io.tombolo.cli.judging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.evidence.Fact;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UnknownIsNeverWellTest {
    static Stream<Field> facts() {
        return Arrays.stream(Scene.class.getDeclaredFields()).filter(field -> field.getType() == Fact.class);
    }

    @ParameterizedTest
    @MethodSource("facts")
    void whateverCouldNotBeLookedAtIsNamedAndNothingIsWell(Field fact) throws IllegalAccessException {
        // Given
        var scene = new Scene();
        fact.set(scene, Fact.unknown("the " + fact.getName(), "was hidden", "look again"));
        // When
        Verdict verdict = Verdict.of(scene.evidence());
        // Then
        assertThat(verdict.isWell()).isFalse();
        assertThat(verdict.findings()).anySatisfy(found -> {
            assertThat(found.where()).isEqualTo("the " + fact.getName());
            assertThat(found.what()).contains("was hidden");
            assertThat(found.broken()).isFalse();
        });
    }
}
