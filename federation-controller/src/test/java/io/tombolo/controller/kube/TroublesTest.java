package io.tombolo.controller.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TroublesTest {
    private final Troubles troubles = new Troubles();

    @Test
    void twoKindsThatComeInTurnAreToldOnceEach() {
        assertThat(troubles.isNew("403 here")).isTrue();
        assertThat(troubles.isNew("500 there")).isTrue();
        assertThat(troubles.isNew("403 here")).isFalse();
        assertThat(troubles.isNew("500 there")).isFalse();
    }

    @Test
    void whatComesBackAfterItWasOverIsToldAgain() {
        assertThat(troubles.isNew("403")).isTrue();
        troubles.over();
        assertThat(troubles.isNew("403")).isTrue();
    }

    @Test
    void troubleThatHasAnotherNameEachTimeDoesNotFillTheLog() {
        long told = IntStream.range(0, 1_000)
                .filter(i -> troubles.isNew("resource version " + i))
                .count();
        assertThat(told).isEqualTo(16);
    }
}
