package io.tombolo.benchmarks.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs terraform in a directory. Blocks. */
final class Command {
    /** The shell's word on what its children used: the second line of `times`. */
    private static final Pattern TIME = Pattern.compile("(\\d+)m([\\d.]+)s");

    private final Path directory;
    private final Map<String, String> environment;

    Command(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = environment;
    }

    /** @throws IllegalStateException with its output if it fails */
    Cost run(List<String> arguments) {
        Path times = directory.resolve("times");
        var builder = new ProcessBuilder(
                        "/bin/sh", "-c", "terraform " + String.join(" ", arguments) + "; c=$?; times > times; exit $c")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("TF_") || name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        long beganNanos = System.nanoTime();
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            double seconds = (System.nanoTime() - beganNanos) / 1e9;
            if (code != 0) {
                throw new IllegalStateException("terraform " + arguments + " ended with " + code + ":\n" + said);
            }
            return new Cost(seconds, children(Files.readAllLines(times).get(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double children(String line) {
        double sum = 0;
        for (Matcher time = TIME.matcher(line); time.find(); ) {
            sum += Integer.parseInt(time.group(1)) * 60 + Double.parseDouble(time.group(2));
        }
        return sum;
    }
}
