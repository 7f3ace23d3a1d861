package io.tombolo.dataplane.exchange;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Two network namespaces with a cable between them, inside and outside; they and what runs in them end with this object. */
final class Namespaces implements AutoCloseable {
    static final long GROUP = 4_242;
    static final String OUTSIDE_4 = "10.77.0.2";
    static final String OUTSIDE_6 = "fd77::2";

    private static final int PATIENCE_SECONDS = 20;

    private final String inside = "tb-in-" + ProcessHandle.current().pid();
    private final String outside = "tb-out-" + ProcessHandle.current().pid();
    private final List<Program> programs = new ArrayList<>();

    /** Skips the test, with the reason, where it cannot be. */
    static Namespaces make() {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        for (String tool : List.of("nft", "ip", "curl", "python3", "setpriv")) {
            assumeTrue(isInstalled(tool), "needs " + tool + "; .ci/run installs it");
        }
        var made = new Namespaces();
        boolean connected = made.connect();
        if (!connected) {
            made.close();
        }
        assumeTrue(connected, "needs network namespaces and veth");
        return made;
    }

    private static boolean isInstalled(String tool) {
        return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin").split(":"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, tool)));
    }

    private boolean connect() {
        String cable = "tbv" + ProcessHandle.current().pid();
        return run("ip", "netns", "add", inside).ok()
                && run("ip", "netns", "add", outside).ok()
                && run(
                                "ip", "-n", inside, "link", "add", "eth0", "type", "veth", "peer", "name", cable,
                                "netns", outside)
                        .ok()
                && up(inside, "eth0", "10.77.0.1/24", "fd77::1/64")
                && up(outside, cable, OUTSIDE_4 + "/24", OUTSIDE_6 + "/64")
                && run("ip", "-n", inside, "route", "add", "default", "via", OUTSIDE_4)
                        .ok()
                && run("ip", "-n", inside, "route", "add", "default", "via", OUTSIDE_6)
                        .ok();
    }

    private static boolean up(String namespace, String device, String four, String six) {
        return run("ip", "-n", namespace, "link", "set", "lo", "up").ok()
                && run("ip", "-n", namespace, "addr", "add", four, "dev", device)
                        .ok()
                && run("ip", "-n", namespace, "addr", "add", six, "dev", device, "nodad")
                        .ok()
                && run("ip", "-n", namespace, "link", "set", device, "up").ok();
    }

    /** From now on programs inside ask {@code server} for names. */
    void resolver(String server) {
        try {
            Files.createDirectories(configuration());
            Files.writeString(configuration().resolve("resolv.conf"), "nameserver " + server + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code ip netns exec} puts in the place of files of {@code /etc}. */
    private Path configuration() {
        return Path.of("/etc/netns", inside);
    }

    /** What a command said, both ways together. */
    record Said(int code, String text) {
        boolean ok() {
            return code == 0;
        }
    }

    /** An application that knows nothing of a sidecar. */
    Said inside(String... command) {
        return run(prefixed(List.of("ip", "netns", "exec", inside), command));
    }

    /** One in the sidecar's group. */
    Said insideAsSidecar(String... command) {
        return run(prefixed(
                List.of("ip", "netns", "exec", inside, "setpriv", "--regid", "" + GROUP, "--clear-groups"), command));
    }

    void rules(String transaction) {
        Said said = feed(transaction, "ip", "netns", "exec", inside, "nft", "-f", "-");
        if (!said.ok()) {
            throw new AssertionError(said.text());
        }
    }

    Program startInside(Class<?> program, String... arguments) {
        return start(
                program,
                List.of(arguments),
                "ip",
                "netns",
                "exec",
                inside,
                "setpriv",
                "--regid",
                "" + GROUP,
                "--clear-groups");
    }

    Program startOutside(Class<?> program) {
        return start(program, List.of(), "ip", "netns", "exec", outside);
    }

    private Program start(Class<?> program, List<String> arguments, String... prefix) {
        var line = new ArrayList<>(List.of(prefix));
        line.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        line.addAll(arguments);
        try {
            var started = new Program(new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            programs.add(started);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Said run(String... command) {
        return feed("", command);
    }

    private static String[] prefixed(List<String> prefix, String... command) {
        return Stream.concat(prefix.stream(), Stream.of(command)).toArray(String[]::new);
    }

    private static Said feed(String input, String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes());
            }
            process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            String text = new String(process.getInputStream().readAllBytes());
            return new Said(process.waitFor(), text);
        } catch (IOException failed) {
            return new Said(127, "" + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new Said(130, "");
        }
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
        run("ip", "netns", "delete", inside);
        run("ip", "netns", "delete", outside);
        try {
            Files.deleteIfExists(configuration().resolve("resolv.conf"));
            Files.deleteIfExists(configuration());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A program of the test's class path that answers lines with lines. */
    static final class Program implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        Program(Process process) {
            this.process = process;
            this.out = new BufferedReader(new InputStreamReader(process.getInputStream()));
        }

        Program awaitReady() {
            for (String line = read(); !line.equals("ready"); line = read()) {
                System.out.println(line);
            }
            return this;
        }

        long ask(String line) {
            try {
                process.getOutputStream().write((line + "\n").getBytes());
                process.getOutputStream().flush();
                return Long.parseLong(read());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String read() {
            try {
                String line = out.readLine();
                if (line == null) {
                    throw new AssertionError("the program ended with " + process.waitFor());
                }
                return line;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
