package io.tombolo.it.actors;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Somebody who checks the modules for Terraform: on a copy of them, with providers from mirrors of this machine only. */
public final class ModuleTests {
    private static final int PATIENCE_SECONDS = 120;

    private final Path copy;
    private final Path configuration;
    private final Map<String, Integer> served;

    /** @param served providers that answer in this process, by their source; to be reattached */
    public ModuleTests(Path dir, Map<String, Integer> served) throws IOException {
        this.served = served;
        copy = Files.createDirectories(dir.resolve("terraform"));
        for (String part : List.of("modules", "examples")) {
            copies(Terminal.checkout().resolve("terraform").resolve(part), copy.resolve(part));
        }
        configuration = Files.writeString(dir.resolve("terraform.rc"), mirrors());
    }

    private static void copies(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file :
                    files.filter(one -> !one.toString().contains(".terraform")).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static String mirrors() {
        String aws = awsMirror()
                .map(mirror -> "  filesystem_mirror {\n    path    = \"" + mirror
                        + "\"\n    include = [\"registry.terraform.io/hashicorp/aws\"]\n  }\n")
                .orElse("");
        Path own = PackagedProvider.mirror().toAbsolutePath().normalize();
        String tombolo = Files.isDirectory(own)
                ? "  filesystem_mirror {\n    path    = \"" + own
                        + "\"\n    include = [\"registry.terraform.io/tombolo/tombolo\"]\n  }\n"
                : "";
        return "disable_checkpoint = true\nprovider_installation {\n" + aws + tombolo + "}\n";
    }

    /** Where a copy of AWS's provider is on this machine, if there is one. */
    public static Optional<Path> awsMirror() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("TOMBOLO_TF_MIRROR")).map(Path::of),
                        Optional.of(Path.of("/usr/local/share/terraform/plugins")),
                        Optional.of(Path.of(System.getProperty("user.home"), ".terraform.d", "plugins")))
                .flatMap(Optional::stream)
                .filter(mirror -> Files.isDirectory(mirror.resolve("registry.terraform.io/hashicorp/aws")))
                .findFirst();
    }

    /** Without it the test is skipped, and says so. */
    public static void awsIsHere() {
        Assumptions.assumeTrue(
                awsMirror().isPresent(),
                "skipped: no filesystem mirror with hashicorp/aws; name one in TOMBOLO_TF_MIRROR");
    }

    /** What a command says in a directory below terraform/. */
    public Terraform.Result runs(String directory, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(copy, "output", ".log");
        var line = Stream.concat(Stream.of(Terraform.command().orElseThrow().toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(copy.resolve(directory).toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
        builder.environment().put("TF_CLI_CONFIG_FILE", configuration.toString());
        builder.environment().put("TF_IN_AUTOMATION", "1");
        if (!served.isEmpty()) {
            builder.environment().put("TF_REATTACH_PROVIDERS", reattached());
        }
        Process process = builder.start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError(List.of(arguments) + " went on and on: " + Files.readString(output));
        }
        return new Terraform.Result(process.exitValue(), Files.readString(output));
    }

    /** A file of a configuration of one's own, beside the modules. */
    public void writes(String file, String text) throws IOException {
        Path path = copy.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Files.writeString(path, text);
    }

    /** Its tests pass; they validate it first. */
    public Terraform.Result passes(String directory) throws IOException, InterruptedException {
        runs(directory, "init", "-no-color", "-backend=false").succeeds();
        return runs(directory, "test", "-no-color").succeeds();
    }

    /** Initialized and valid. */
    public void isValid(String directory) throws IOException, InterruptedException {
        runs(directory, "init", "-no-color", "-backend=false").succeeds();
        runs(directory, "validate", "-no-color").succeeds();
    }

    private String reattached() throws IOException {
        var json = new ObjectMapper();
        var all = json.createObjectNode();
        served.forEach((source, port) -> all.putObject(Objects.requireNonNull(source))
                .put("Protocol", "grpc")
                .put("ProtocolVersion", 6)
                .put("Pid", ProcessHandle.current().pid())
                .put("Test", true)
                .putObject("Addr")
                .put("Network", "tcp")
                .put("String", "127.0.0.1:" + port));
        return json.writeValueAsString(all);
    }
}
