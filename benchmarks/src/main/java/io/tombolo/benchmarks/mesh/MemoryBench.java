package io.tombolo.benchmarks.mesh;

import io.tombolo.benchmarks.figure.Columns;
import io.tombolo.benchmarks.figure.ProcessFigures;
import io.tombolo.benchmarks.figure.ProcessFigures.Memory;
import io.tombolo.benchmarks.place.Pause;
import io.tombolo.benchmarks.place.Workshop;
import java.time.Duration;

/** Memory of every program of the demo after its walk, while its caller goes on with 50 requests a second. */
public final class MemoryBench {
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(10);

    private MemoryBench() {}

    /** Prints the table. */
    public static void run() {
        try (Demo demo = Demo.run(Workshop.open("demo"))) {
            Pause.forAbout(SETTLED_AFTER);
            var table = new Columns("program", "resident MiB", "private MiB", "proportional MiB");
            demo.programs().forEach((name, program) -> {
                Memory memory = ProcessFigures.memory(program.pid());
                table.row(name, mebi(memory.resident()), mebi(memory.unshared()), mebi(memory.proportional()));
            });
            System.out.println(table);
        }
    }

    private static String mebi(long kibi) {
        return Long.toString(Math.round(kibi / 1_024.0));
    }
}
