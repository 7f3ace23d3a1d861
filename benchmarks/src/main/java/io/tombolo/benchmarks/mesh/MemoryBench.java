package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.figure.ProcessFigures.Memory;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Workshop;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Memory of every program of the demo after its walk, while its caller goes on with 50 requests a second. */
public final class MemoryBench {
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);

    private MemoryBench() {}

    /** Prints the table. */
    public static void run() {
        try (Demo demo = Demo.run(Workshop.open("demo"))) {
            Pause.forAbout(SETTLED_AFTER);
            var table = new Columns("program", "resident MiB", "private MiB", "proportional MiB");
            programs(demo).forEach((name, pid) -> {
                Memory memory = ProcessFigures.memory(pid);
                table.row(name, mebi(memory.resident()), mebi(memory.unshared()), mebi(memory.proportional()));
            });
            System.out.println(table);
        }
    }

    private static Map<String, Long> programs(Demo demo) {
        var found = new TreeMap<String, Long>();
        ProcessHandle.of(demo.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .forEach(process -> name(process, demo.stateDirectory()).ifPresent(n -> found.put(n, process.pid())));
        return found;
    }

    /** A program is named after its state directory, such as {@code east/gateway}; others have none. */
    private static Optional<String> name(ProcessHandle process, Path state) {
        List<String> arguments = process.info().arguments().map(Arrays::asList).orElse(List.of());
        return arguments.stream()
                .filter(argument -> argument.contains("state-dir=" + state))
                .map(argument -> argument.substring(
                        argument.indexOf('=') + 2 + state.toString().length()))
                .findFirst();
    }

    private static String mebi(long kibi) {
        return Long.toString(Math.round(kibi / 1_024.0));
    }
}
