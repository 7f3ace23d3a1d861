package io.tombolo.it.actors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Exit;

/**
 * An administrator of an external Kafka at a terminal, with {@code kafka-topics.sh} and its sisters on the path. The shell
 * runs the lines that it is given as they are; what they call runs in one JVM at the end, or, under {@code tombolo.deep},
 * each in one of its own, as Kafka's own scripts do.
 */
public final class KafkaTools {
    private static final Map<String, String> MAIN_CLASSES = Map.of(
            "kafka-topics.sh", "org.apache.kafka.tools.TopicCommand",
            "kafka-acls.sh", "org.apache.kafka.tools.AclCommand",
            "kafka-configs.sh", "kafka.admin.ConfigCommand");

    private final Terminal terminal;
    private final Path called;

    private KafkaTools(Terminal terminal, Path called) {
        this.terminal = terminal;
        this.called = called;
    }

    /** {@code KAFKA} and {@code KAFKA_ADMIN} are set as the printed commands want them. */
    public static KafkaTools of(ExternalKafka kafka) {
        var terminal = new Terminal(kafka.dir().resolve("administrator"))
                .with("KAFKA", kafka.bootstrap())
                .with("KAFKA_ADMIN", kafka.toolSettings().toString());
        var tools = new KafkaTools(terminal, terminal.home().resolve("called"));
        MAIN_CLASSES.keySet().forEach(tools::install);
        return tools;
    }

    private void install(String name) {
        // A word may hold anything but a line end: each on a line of its own, an empty line ends a call.
        String text = Boolean.getBoolean("tombolo.deep")
                ? "#!/bin/sh\nexec " + java(Objects.requireNonNull(MAIN_CLASSES.get(name))) + " \"$@\"\n"
                : "#!/bin/sh\nprintf '%s\\n' " + name + " \"$@\" '' >>'" + called + "'\n";
        Path file = terminal.home().resolve("bin").resolve(name);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!file.toFile().setExecutable(true)) {
            throw new AssertionError("cannot make " + file + " executable");
        }
    }

    private static String java(String main) {
        return "'%s' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -cp '%s:%s/*:%s/*' %s"
                .formatted(
                        ProcessHandle.current().info().command().orElse("java"),
                        Path.of("target/test-classes").toAbsolutePath(),
                        ExternalKafka.jars().toAbsolutePath().normalize(),
                        Path.of("target/kafka-tools").toAbsolutePath(),
                        main);
    }

    /** Runs a script of such commands, stopping at the first that fails. */
    public void runs(String script) {
        try {
            Files.deleteIfExists(called);
            terminal.sh("set -e\n" + script).ok();
            if (Files.exists(called)) {
                terminal.sh("exec " + java(KafkaTools.class.getName()) + " '" + called + "'")
                        .ok();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Calls what was noted in a file, one after the other. */
    public static void main(String[] arguments) throws Exception {
        Exit.setExitProcedure((code, message) -> {
            if (code != 0) {
                throw new IllegalStateException("exit code " + code + " " + message);
            }
        });
        List<String> lines = Files.readAllLines(Path.of(arguments[0]));
        int begin = 0;
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isEmpty()) {
                call(lines.subList(begin, i));
                begin = i + 1;
            }
        }
    }

    private static void call(List<String> line) throws Exception {
        String main = Objects.requireNonNull(MAIN_CLASSES.get(line.getFirst()), line.getFirst());
        String[] arguments = line.subList(1, line.size()).toArray(String[]::new);
        System.err.println(String.join(" ", line));
        try {
            Class.forName(main).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException failed) {
            failed.printStackTrace();
            System.exit(1);
        }
    }
}
