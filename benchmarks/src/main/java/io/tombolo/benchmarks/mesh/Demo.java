package io.tombolo.benchmarks.mesh;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.benchmarks.place.Child;
import io.tombolo.benchmarks.place.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** One run of {@code tombolo demo}: three clusters that are left running until this is closed. */
public final class Demo implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String LEFT_RUNNING = "The three clusters are running";

    private final Child process;
    private final Path stateDirectory;
    private final Path output;
    private final Set<Long> still = new HashSet<>();

    private Demo(Child process, Path stateDirectory, Path output) {
        this.process = process;
        this.stateDirectory = stateDirectory;
        this.output = output;
    }

    /** Starts it and waits until its walk is done. */
    public static Demo run(Workshop workshop) {
        Path state = workshop.file("state");
        Path launcher = Workshop.home().resolve("tombolo");
        var command = List.of(launcher.toString(), "demo", "--state-dir", state.toString());
        Child child = Child.start("demo", command, Map.of("TOMBOLO_NO_BUILD", "1"), workshop.directory());
        var demo = new Demo(child, state, workshop.file("demo.log"));
        child.await(() -> demo.lines().stream().anyMatch(line -> line.contains(LEFT_RUNNING)), PATIENCE);
        return demo;
    }

    /** What Terraform needs to reach a cluster's API. */
    public Map<String, String> settings(String cluster) {
        Path launcher = Workshop.home().resolve("tombolo");
        var asked = new ProcessBuilder(launcher.toString(), "context", "env", cluster, "-o", "json");
        asked.environment().put("TOMBOLO_NO_BUILD", "1");
        asked.environment()
                .put("TOMBOLO_CONTEXTS", stateDirectory.resolve("contexts.yaml").toString());
        try {
            byte[] said = asked.start().getInputStream().readAllBytes();
            var settings = new TreeMap<String, String>();
            new ObjectMapper()
                    .readTree(said)
                    .properties()
                    .forEach(one -> settings.put(one.getKey(), one.getValue().asText()));
            return settings;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it said so far. */
    List<String> lines() {
        try {
            return Files.readAllLines(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path stateDirectory() {
        return stateDirectory;
    }

    /** Its programs, named after their state directories, such as {@code east/gateway}. */
    Map<String, ProcessHandle> programs() {
        var found = new TreeMap<String, ProcessHandle>();
        ProcessHandle.of(process.pid()).stream()
                .flatMap(ProcessHandle::descendants)
                .forEach(program -> name(program).ifPresent(name -> found.put(name, program)));
        return found;
    }

    private Optional<String> name(ProcessHandle program) {
        List<String> arguments = program.info().arguments().map(Arrays::asList).orElse(List.of());
        return arguments.stream()
                .filter(argument -> argument.contains("state-dir=" + stateDirectory))
                .map(argument -> argument.substring(
                        argument.indexOf('=') + 2 + stateDirectory.toString().length()))
                .findFirst();
    }

    /** All but these programs stand still from now on, its own caller too: nobody else needs the machine. */
    public void leavesRunning(Set<String> names) {
        still.add(process.pid());
        signal("-STOP", process.pid());
        programs().forEach((name, program) -> {
            if (!names.contains(name)) {
                still.add(program.pid());
                signal("-STOP", program.pid());
            }
        });
    }

    private static void signal(String signal, long pid) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(pid))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SIGTERM: the demo ends what it started. */
    @Override
    public void close() {
        still.forEach(pid -> signal("-CONT", pid));
        process.close();
    }
}
