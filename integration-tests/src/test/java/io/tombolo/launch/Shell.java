package io.tombolo.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs programs with a known environment, a known stdin, and a time limit of one minute. */
final class Shell {
    /** The checkout that is being tested. */
    static final Path HOME =
            Path.of(System.getProperty("tombolo.home", "..")).toAbsolutePath().normalize();

    private final Path scratch;
    private final Map<String, String> environment = new HashMap<>();

    /**
     * A shell without any JDK: HOME is empty, PATH has only tools.
     *
     * @param scratch an existing directory, for output
     */
    Shell(Path scratch) throws IOException {
        this.scratch = scratch;
        environment.put("HOME", Files.createDirectories(scratch.resolve("home")).toString());
        environment.put("PATH", tools(scratch).toString());
        environment.put("TOMBOLO_JDK_ROOT", scratch.resolve("machine").toString());
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Runs a command to its end. */
    Outcome run(String... command) throws IOException, InterruptedException {
        return begin(command).end();
    }

    /** Starts a command whose stdin is one line, {@code from stdin}. */
    Running begin(String... command) throws IOException {
        Path input = Files.writeString(Files.createTempFile(scratch, "in", ""), "from stdin\n");
        Path output = Files.createTempFile(scratch, "out", "");
        Path errors = Files.createTempFile(scratch, "err", "");
        var builder = new ProcessBuilder(command)
                .directory(scratch.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), output, errors);
    }

    /** An executable sh script. */
    static Path script(Path file, String... lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        return file;
    }

    /** A directory with links to the tools that the scripts use, and to nothing else: no java, no javac, no mvn. */
    private static Path tools(Path scratch) throws IOException {
        Path tools = Files.createDirectories(scratch.resolve("tools"));
        for (String tool : List.of(
                "sh",
                "cat",
                "cksum",
                "cp",
                "cut",
                "date",
                "dirname",
                "find",
                "grep",
                "head",
                "kill",
                "ls",
                "mkdir",
                "mktemp",
                "mv",
                "ps",
                "readlink",
                "rm",
                "sed",
                "sleep",
                "sort",
                "tail",
                "touch",
                "tr")) {
            for (Path place : List.of(Path.of("/usr/bin"), Path.of("/bin"))) {
                if (Files.exists(place.resolve(tool)) && !Files.exists(tools.resolve(tool))) {
                    Files.createSymbolicLink(tools.resolve(tool), place.resolve(tool));
                }
            }
        }
        return tools;
    }

    /** A command that was started. */
    record Running(Process process, Path output, Path errors) {
        Outcome end() throws IOException, InterruptedException {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("did not end within a minute; so far: " + Files.readString(errors));
            }
            return new Outcome(process.exitValue(), read(output), read(errors));
        }

        private static String read(Path file) throws IOException {
            return Files.readString(file, StandardCharsets.UTF_8);
        }
    }

    /** What a command did. */
    record Outcome(int exitCode, String output, String errors) {}
}
