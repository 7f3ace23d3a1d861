package io.tombolo.cli.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class KubectlTest {
    private final Kubectl hasty = new Kubectl("west", TimeLeft.of(Duration.ofMillis(300)));

    private static String all(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void whatAProgramSaysInTimeIsTheAnswer() {
        assertThat(new Kubectl("west", TimeLeft.unlimited())
                        .ended(new ProcessBuilder("echo", "here"), KubectlTest::all, hasty::failed))
                .isEqualTo("here\n");
    }

    @Test
    void aProgramThatNeverEndsIsEndedAtTheDeadlineWithItsChildren() {
        // Given
        var mute = new ProcessBuilder("sh", "-c", "tail -f /dev/null & wait");
        var started = new AtomicReference<Process>();
        // Then
        assertThatThrownBy(() -> hasty.ended(
                        mute,
                        process -> {
                            started.set(process);
                            return all(process);
                        },
                        hasty::failed))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("did not answer within");
        assertThat(started.get().onExit()).succeedsWithin(Duration.ofSeconds(5));
        assertThat(started.get().descendants()).isEmpty();
    }

    @Test
    void whenTheTimeForAllIsOverNothingIsStarted() {
        // Given
        var over = new Kubectl("west", new TimeLeft(Duration.ofSeconds(1), 0, () -> 2_000_000_000L));
        // Then
        assertThatThrownBy(() -> over.ask("", "version"))
                .isInstanceOf(TomboloException.class)
                .hasMessageContaining("the 1 s for the whole look are over");
    }

    @Test
    void thePodThatTheLeaseNamesIsAskedAndNothingElseThatSomebodyWroteThere() {
        assertThat(Kubectl.podIn("tombolo-controller-1\n")).isEqualTo("tombolo-controller-1");
        for (String odd :
                List.of("", " ", "--all", "tombolo-controller-", "other-0", "tombolo-controller-1 -- sh", "x\ny")) {
            assertThat(Kubectl.podIn(odd)).as(odd).isEqualTo("tombolo-controller-0");
        }
    }

    @Test
    void theLeaseOfTheControllerIsAskedWhoLeads() {
        // Given
        var asked = new ArrayList<String>();
        Asked api = (_, words) -> {
            asked.add(String.join(" ", words));
            return new Asked.Said("tombolo-controller-1", "");
        };
        // Then
        assertThat(Kubectl.leader(api)).isEqualTo("tombolo-controller-1");
        assertThat(asked)
                .containsExactly("--namespace=tombolo-system get lease tombolo-controller --ignore-not-found"
                        + " --output=jsonpath={.spec.holderIdentity}");
    }

    @Test
    void whereTheLeaseMayNotBeReadTheFirstPodIsAsked() {
        // Given
        Asked forbids = (_, _) -> {
            throw new TomboloException(Fault.KUBERNETES_UNREACHABLE, "API server", "is forbidden", "ask");
        };
        // Then
        assertThat(Kubectl.leader(forbids)).isEqualTo("tombolo-controller-0");
    }
}
