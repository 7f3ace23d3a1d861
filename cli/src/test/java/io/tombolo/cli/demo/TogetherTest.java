package io.tombolo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class TogetherTest {
    @Test
    void resultsComeInTheOrderOfTheSteps() {
        assertThat(Together.all(List.<Supplier<String>>of(() -> "one", () -> "two")))
                .containsExactly("one", "two");
    }

    @Test
    void aFailureIsThrownAsItWasSoThatTheUserReadsItsReason() {
        // Given
        var taken = new TomboloException(Fault.PORT_IN_USE, "address 127.0.0.1:1", "cannot be had", "take another");
        // When, then
        assertThatThrownBy(() -> Together.all(List.<Supplier<String>>of(() -> "one", () -> {
                    throw taken;
                })))
                .isSameAs(taken);
    }
}
