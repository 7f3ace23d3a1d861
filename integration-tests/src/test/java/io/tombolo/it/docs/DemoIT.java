package io.tombolo.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tombolo demo --once}, the whole walk, and what it leaves. */
class DemoIT {
    @TempDir
    Path dir;

    @Test
    void theWalkEndsWellWithoutAFailedRequestAndLeavesNothingRunning() throws IOException {
        // Given
        var terminal = new Terminal(dir.resolve("home"));
        Path state = terminal.home().resolve(".local/state/tombolo/demo");
        try (var taken = new ServerSocket()) {
            taken.setReuseAddress(true);
            bind(taken);
            // When
            var demo = terminal.tombolo("demo", "--once");
            // Then
            assertThat(demo.exitCode()).as(demo.output() + demo.errors()).isZero();
            assertThat(demo.output()).containsPattern("[0-9]+ requests in all, 0 failed\\.");
            assertThat(demo.output()).contains("answered by cluster east").contains("kill -9 west's gateway");
            assertThat(demo.output()).contains("port 15080 (API of a controller) is in use");
        }
        assertThat(running(state)).isEmpty();
        assertThat(state.resolve("logs")).isNotEmptyDirectory();
        assertThat(linesOf(state.resolve("logs"), "[error]")).isEmpty();
        // When
        var clean = terminal.tombolo("demo", "--clean");
        // Then
        assertThat(clean.exitCode()).isZero();
        try (Stream<Path> left = Files.list(state)) {
            assertThat(left)
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .containsExactly("lock");
        }
    }

    /** What JVMs complain of, such as a cache that does not fit, has no other reader. */
    private static List<String> linesOf(Path logs, String what) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.flatMap(file -> read(file).stream().filter(line -> line.contains(what)))
                    .toList();
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** If somebody else has the port, that is as good. */
    private static void bind(ServerSocket socket) {
        try {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 15_080));
        } catch (IOException taken) {
            // Somebody else has it already.
        }
    }

    private static List<String> running(Path state) {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(state.toString()))
                .toList();
    }
}
