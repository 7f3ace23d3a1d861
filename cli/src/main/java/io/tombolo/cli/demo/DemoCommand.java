package io.tombolo.cli.demo;

import io.tombolo.cli.context.Contexts;
import io.tombolo.cli.drill.DemoDoor;
import io.tombolo.cli.output.ExitCode;
import io.tombolo.cli.program.StateHome;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tombolo demo}. */
@Command(
        name = "demo",
        description = {
            "Link three clusters on this machine and watch traffic fail over between them.",
            "",
            "Starts a Kafka broker, three controllers, gateways and sidecars as processes of their own, and leaves",
            "them running to play with until Ctrl-C. Starts from scratch each time."
        },
        footer = {"", "Examples:", "  tombolo demo", "  tombolo demo --once", "  tombolo demo --clean"})
public final class DemoCommand implements Callable<Integer> {
    @Option(names = "--once", description = "Stop everything after the walk instead of leaving it running.")
    private boolean once;

    @Option(names = "--clean", description = "Remove the demo's state and exit.")
    private boolean clean;

    @Option(names = "--state-dir", paramLabel = "DIR", description = "Default: ~/.local/state/tombolo/demo.")
    private Path given = Path.of("");

    @Override
    public Integer call() throws IOException {
        Path stateDir = (given.toString().isEmpty() ? StateHome.of("demo") : given).toAbsolutePath();
        Files.createDirectories(stateDir);
        try (FileChannel channel = FileChannel.open(
                        stateDir.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            if (lock == null) {
                throw new TomboloException(
                        Fault.STATE_IN_USE,
                        stateDir.toString(),
                        "another demo works on it",
                        "end that one with Ctrl-C, or name another directory with --state-dir");
            }
            remove(stateDir);
            return clean ? cleaned(stateDir) : walk(stateDir);
        }
    }

    private int walk(Path stateDir) throws IOException {
        Path logs = Files.createDirectories(stateDir.resolve("logs"));
        Path contexts = stateDir.resolve("contexts.yaml");
        System.setProperty(Contexts.FILE_PROPERTY, contexts.toString());
        var stage = new Stage();
        try (var household = new Household(logs)) {
            var walk = new Walk(stage, household, stateDir, contexts);
            walk.run();
            if (!once) {
                Farewell.print(contexts, logs);
                // Until Ctrl-C: the shutdown hook ends what was started.
                new Outages(stage, DemoDoor.of(stateDir), walk.mortals()).serve();
            }
        }
        return ExitCode.OK.number();
    }

    private static int cleaned(Path stateDir) {
        System.out.println("Removed the demo's state in " + stateDir + ".");
        return ExitCode.OK.number();
    }

    private static void remove(Path stateDir) throws IOException {
        try (Stream<Path> all = Files.walk(stateDir)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!path.equals(stateDir) && !path.equals(stateDir.resolve("lock"))) {
                    Files.delete(path);
                }
            }
        }
    }
}
