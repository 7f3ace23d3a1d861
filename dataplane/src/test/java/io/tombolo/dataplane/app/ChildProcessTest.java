package io.tombolo.dataplane.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class ChildProcessTest {
    /** Not 2: whoever runs tests in the background of a script has that ignored, and so have all children. */
    private static final int ALARM = 14;

    private static ChildProcess shell(String script) {
        return ChildProcess.start(List.of("sh", "-c", script), Map.of("TOMBOLO_TEST", "7", "HOME", ""));
    }

    @Test
    void itsExitCodeIsKnown() {
        assertThat(shell("exit 42").ended().join()).isEqualTo(42);
    }

    @Test
    void itSeesWhatIsAddedToItsEnvironmentAndNotWhatIsRemoved() {
        assertThat(shell("[ -z \"$HOME\" ] && exit $TOMBOLO_TEST").ended().join())
                .isEqualTo(7);
    }

    @Test
    void aSignalReachesItAndShowsInItsExitCode() {
        // Given
        ChildProcess program = ChildProcess.start(List.of("sleep", "60"), Map.of());
        // When
        program.signal(ALARM);
        // Then
        assertThat(program.ended().join()).isEqualTo(128 + ALARM);
        assertThat(program.isAlive()).isFalse();
    }

    @Test
    void oneThatDoesNotWantToEndIsEnded() {
        // Given
        ChildProcess program = shell("trap '' TERM; while :; do sleep 1; done");
        // When
        program.terminate(Duration.ofMillis(300));
        // Then
        assertThat(program.ended().join()).isIn(128 + 9, 128 + 15); // 15 if the trap was not set yet
    }

    @Test
    void aProgramThatDoesNotExistIsSaidSo() {
        assertThatThrownBy(() -> ChildProcess.start(List.of("no-such-program-here"), Map.of()))
                .isInstanceOf(TomboloException.class)
                .extracting(e -> ((TomboloException) e).fault())
                .isEqualTo(Fault.PROGRAM_FAILED);
    }
}
