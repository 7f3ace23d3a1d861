package io.tombolo.dataplane.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a program whose sidecar is gone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class WatchdogTest {
    private static final String STUBBORN = "trap '' TERM; echo ready; while :; do sleep 1; done";

    private final Process program = start("sh", "-c", STUBBORN);

    @TempDir
    private Path home;

    private static Process start(String... command) {
        try {
            return new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
    }

    private void awaitReady() throws IOException {
        assertThat(new BufferedReader(new InputStreamReader(program.getInputStream())).readLine())
                .isEqualTo("ready");
    }

    @Test
    void aProgramThatDoesNotWantToEndIsMadeToWhenItsSidecarIsGone() throws Exception {
        // Given
        awaitReady();
        Watchdog watchdog = Watchdog.start(1).orElseThrow();
        watchdog.over(program.pid());
        // When
        watchdog.letGo();
        // Then
        assertThat(program.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(128 + 9);
    }

    @Test
    void whoIsToldThatTheProgramEndedTouchesNobody() throws Exception {
        // Given
        awaitReady();
        Watchdog watchdog = Watchdog.start(1).orElseThrow();
        watchdog.over(program.pid());
        // When
        watchdog.close();
        // Then
        assertThat(watchdog.hasEndedWithin(20)).isTrue();
        assertThat(program.isAlive()).isTrue();
    }

    @Test
    void killingTheSidecarByForceEndsItsProgramAlsoWithoutSetpriv() throws Exception {
        // Given: a process with a program of its own, and nothing but a shell to help it
        Path bin = Files.createDirectories(home.resolve("bin"));
        for (String tool : List.of("sh", "sleep")) {
            Files.createSymbolicLink(bin.resolve(tool), Path.of("/bin/" + tool));
        }
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Parent.class.getName());
        builder.environment().put("PATH", bin.toString());
        Process parent = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try {
            var lines = new BufferedReader(new InputStreamReader(parent.getInputStream()));
            String pid = Stream.of(lines.readLine(), lines.readLine())
                    .filter(line -> !line.equals("running"))
                    .findFirst()
                    .orElseThrow();
            ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
            // When
            parent.destroyForcibly();
            // Then
            try {
                assertThat(child.onExit().get(20, TimeUnit.SECONDS).isAlive()).isFalse();
            } finally {
                child.destroyForcibly();
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Stands for a sidecar: runs a program and says which. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) {
            ChildProcess program =
                    ChildProcess.start(List.of("sh", "-c", "echo $$; while :; do sleep 1; done"), java.util.Map.of());
            System.out.println("running");
            program.ended().join();
        }
    }
}
