package io.tombolo.cli.program;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program's process: its environment additions and its argument list. Holds no secret, for both can be read by others.
 * The launcher executes it in its own place; {@code tombolo demo} starts it as a child.
 */
public record ExecPlan(Map<String, String> environment, List<String> arguments) {
    /** The variable in which the launcher says where it wants the plan. */
    static final String PLAN_VARIABLE = "TOMBOLO_EXEC_PLAN";

    public ExecPlan {
        environment = Map.copyOf(environment);
        arguments = List.copyOf(arguments);
    }

    /**
     * The plan of one program.
     * @param settings its keys with their values
     * @param rest     arguments that follow, such as a child command
     */
    public static ExecPlan of(Program program, Settings settings, List<String> rest) {
        Path home = installation();
        var line = new ArrayList<String>();
        line.add(required("tombolo.java"));
        line.addAll(program.flags());
        Path cache = home.resolve(program.cache());
        if (Files.exists(cache)) {
            line.add("-XX:AOTCache=" + cache);
        }
        line.addAll(extraFlags());
        if (program.mainClass().isEmpty()) {
            settings.each((key, value) -> line.add("-D" + key + "=" + value));
            line.addAll(List.of("-jar", home.resolve(program.place()).toString()));
        } else {
            line.addAll(List.of("-cp", classPath(home.resolve(program.place())), program.mainClass()));
            settings.each((key, value) -> line.add("--" + key + "=" + value));
        }
        line.addAll(rest);
        return new ExecPlan(Map.of("MALLOC_ARENA_MAX", "1"), line);
    }

    /** In an order that no file system decides: what a JVM learned fits one order. */
    private static String classPath(Path directory) {
        try (Stream<Path> jars = Files.list(directory)) {
            return jars.map(Path::toString).sorted().collect(Collectors.joining(File.pathSeparator));
        } catch (IOException missing) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE,
                    directory.toString(),
                    "cannot be read",
                    "build or install it again",
                    missing);
        }
    }

    /** The same process, which writes down what its JVM learned when it ends; that takes it some seconds. */
    public ExecPlan recording(Path cache) {
        var line = new ArrayList<>(arguments);
        // Nobody replays what the compilers did.
        line.addAll(
                1, List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining", "-XX:AOTCacheOutput=" + cache));
        return new ExecPlan(environment, line);
    }

    /** Hands the plan to the launcher that waits for it. */
    public void handOver() {
        String file = System.getenv(PLAN_VARIABLE);
        if (file == null) {
            throw new TomboloException(
                    Fault.USAGE, "launcher", "did not ask for a plan", "run this command with the `tombolo` launcher");
        }
        try {
            Files.writeString(Path.of(file), shell(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new TomboloException(
                    Fault.FILE_UNREADABLE, file, "cannot be written: " + e.getMessage(), "is the disk full?", e);
        }
    }

    /** As a POSIX shell command that replaces the shell. */
    String shell() {
        String exports = new TreeMap<>(environment)
                .entrySet().stream()
                        .map(e -> "export " + e.getKey() + "=" + quoted(e.getValue()) + "\n")
                        .collect(Collectors.joining());
        return exports + "exec " + arguments.stream().map(ExecPlan::quoted).collect(Collectors.joining(" ")) + "\n";
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /** Flags an operator adds for every program, such as a larger heap: the last one wins. */
    private static List<String> extraFlags() {
        String extra = System.getenv("TOMBOLO_JAVA_OPTS");
        return extra == null || extra.isBlank()
                ? List.of()
                : List.of(extra.strip().split("\\s+"));
    }

    /** Where the programs are: a copy of what was built, or the checkout itself. */
    public static Path installation() {
        return Path.of(required("tombolo.installation"));
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new TomboloException(
                    Fault.USAGE, property, "is not set", "run this command with the `tombolo` launcher");
        }
        return value;
    }
}
