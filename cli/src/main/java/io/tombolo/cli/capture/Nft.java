package io.tombolo.cli.capture;

import io.tombolo.model.capture.CaptureRules;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The kernel's packet filter, by the {@code nft} of the system; knows one table only. Blocks for at most 10 s a call. */
final class Nft {
    private static final int PATIENCE_SECONDS = 10;
    private static final int NET_ADMIN = 12;
    private static final String DEBIAN = "install it, as with `apt-get install nftables`";

    private final List<String> command;

    /** @param command the program, with what stands before it to run it elsewhere */
    Nft(List<String> command) {
        this.command = List.copyOf(command);
    }

    /** @throws TomboloException NO_CAPTURE_HERE with what is missing */
    static Nft require() {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            throw notHere("this is no Linux", "use the sidecar's proxy or local ports, which work everywhere");
        }
        Path program = program().orElseThrow(() -> notHere("there is no nft", DEBIAN));
        if (!mayAdminister(capabilities())) {
            throw notHere(
                    "this process may not administer the network", "run it as root, or with the capability NET_ADMIN");
        }
        return new Nft(List.of(program.toString()));
    }

    /** Whether the table can be read here at all; never throws. */
    static Optional<Nft> ifPossible() {
        try {
            return Optional.of(require());
        } catch (TomboloException notHere) {
            return Optional.empty();
        }
    }

    /** Hands over one transaction. @throws TomboloException CAPTURE_RULES with nft's own words; then nothing is changed */
    void run(String transaction) {
        Result result = call(List.of("-f", "-"), transaction);
        if (result.code() != 0) {
            throw refused(result.said());
        }
    }

    /** The table as it is in force; empty if there is none. */
    Optional<String> table() {
        var arguments = new ArrayList<>(List.of("-n", "list", "table"));
        arguments.addAll(List.of(CaptureRules.TABLE.split(" ")));
        Result result = call(arguments, "");
        if (result.code() != 0 && !result.said().contains("No such file or directory")) {
            throw refused(result.said());
        }
        return result.code() == 0 ? Optional.of(result.said()) : Optional.empty();
    }

    /** Whether a line {@code CapEff:\t0000003fffffffff} has the bit that it takes. */
    static boolean mayAdminister(String effective) {
        String hex = effective.substring(effective.indexOf(':') + 1).strip();
        try {
            return (Long.parseUnsignedLong(hex, 16) >> NET_ADMIN & 1) == 1;
        } catch (NumberFormatException unknown) {
            return false;
        }
    }

    private static String capabilities() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("CapEff:")).findFirst().orElse("");
        } catch (IOException unknown) {
            return "";
        }
    }

    /** Where users' paths do not lead, administrators' programs are. */
    private static Optional<Path> program() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin" + File.pathSeparator
                + "/sbin";
        return Stream.of(path.split(File.pathSeparator, -1))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, "nft"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private record Result(int code, String said) {}

    private Result call(List<String> arguments, String input) {
        var line = new ArrayList<>(command);
        line.addAll(arguments);
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.US_ASCII));
            }
            process.onExit()
                    .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Result(process.waitFor(), said);
        } catch (IOException failed) {
            throw refused("" + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw refused("it was not waited for");
        }
    }

    private static TomboloException refused(String said) {
        return new TomboloException(
                Fault.CAPTURE_RULES,
                "nft",
                said.lines().findFirst().orElse("said nothing"),
                "nothing was changed; `tombolo sidecar capture install --print` shows what it gets");
    }

    private static TomboloException notHere(String what, String fix) {
        return new TomboloException(Fault.NO_CAPTURE_HERE, "transparent capture", what, fix);
    }
}
