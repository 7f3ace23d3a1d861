package io.tombolo.dataplane.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstContactTest {
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void aControllerThatAnswersLaterIsWaitedFor() {
        String answer = FirstContact.insist(() -> answersAtThe(2), Duration.ofSeconds(30));
        assertThat(answer).isEqualTo("issued");
        assertThat(calls).hasValue(2);
    }

    @Test
    void aRefusalIsNotAskedTwice() {
        assertThatThrownBy(() -> FirstContact.insist(() -> fails(Fault.WORKLOAD_TOKEN_REFUSED), Duration.ofSeconds(30)))
                .hasMessageContaining("TB-5004");
        assertThat(calls).hasValue(1);
    }

    @Test
    void patienceEnds() {
        assertThatThrownBy(() -> FirstContact.insist(() -> fails(Fault.CONTROLLER_UNREACHABLE), Duration.ZERO))
                .hasMessageContaining("TB-8002");
    }

    private String answersAtThe(int call) {
        return calls.incrementAndGet() < call ? fail(Fault.CONTROLLER_UNREACHABLE) : "issued";
    }

    private String fails(Fault fault) {
        calls.incrementAndGet();
        return fail(fault);
    }

    private static String fail(Fault fault) {
        throw new TomboloException(fault, "controller", "says no", "ask again");
    }
}
