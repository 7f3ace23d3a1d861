package io.tombolo.it.actors;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.cli.context.Context;
import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.resource.Provider;
import io.tombolo.terraform.wire.PluginServer;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** Somebody with Terraform, a directory, and our provider, which serves in this process. */
public final class Terraform implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 90;

    private final Path directory;
    private final Optional<PluginServer> provider;
    private final Map<String, String> environment = new HashMap<>();

    /** What a command came to. */
    public record Result(int exitCode, String output) {
        public Result succeeds() {
            assertThat(exitCode).as(output).isZero();
            return this;
        }

        public Result fails() {
            assertThat(exitCode).as(output).isEqualTo(1);
            assertThat(output).doesNotContain("Exception", "at io.tombolo", "java.");
            return this;
        }
    }

    private Terraform(Path directory, Optional<PluginServer> provider, Map<String, String> environment)
            throws IOException {
        this.directory = directory;
        this.provider = provider;
        this.environment.putAll(environment);
        writes(
                "versions.tf",
                "terraform {\n  required_providers {\n    tombolo = { source = \"tombolo/tombolo\" }\n  }\n}\n");
    }

    /** Configured for a cluster by the environment, as {@code tombolo context env} says it. */
    public static Terraform of(Operator operator, Path directory) throws IOException {
        return inThisProcess(settings(operator), directory);
    }

    private static Map<String, String> settings(Operator operator) {
        Context context = operator.api().context();
        return Map.of(
                "TOMBOLO_ENDPOINT", context.api(),
                "TOMBOLO_CA_PIN", context.caPin(),
                "TOMBOLO_TOKEN_FILE", context.tokenFile().toString());
    }

    private static Terraform inThisProcess(Map<String, String> settings, Path directory) throws IOException {
        return with(new Tombolo(settings), directory);
    }

    /** Configured by nothing but what is written. */
    public static Terraform ofNobody(Path directory) throws IOException {
        return inThisProcess(Map.of(), directory);
    }

    /** With a provider of the test's own, by the same name. */
    public static Terraform with(Provider served, Path directory) throws IOException {
        PluginServer provider = PluginServer.open(served);
        Path configuration = Files.writeString(directory.resolve("terraform.rc"), "disable_checkpoint = true\n");
        String reattach =
                "{\"registry.terraform.io/tombolo/tombolo\":{\"Protocol\":\"grpc\",\"ProtocolVersion\":6,\"Pid\":"
                        + ProcessHandle.current().pid()
                        + ",\"Test\":true,\"Addr\":{\"Network\":\"tcp\",\"String\":\"127.0.0.1:" + provider.port()
                        + "\"}}}";
        return new Terraform(
                directory,
                Optional.of(provider),
                Map.of(
                        "TF_CLI_CONFIG_FILE",
                        configuration.toString(),
                        "TF_IN_AUTOMATION",
                        "1",
                        "TF_REATTACH_PROVIDERS",
                        reattach));
    }

    /** With the provider as the build packs it, installed from {@code mirror}; each command starts it anew. */
    public static Terraform installing(Operator operator, Path mirror, Path directory) throws IOException {
        var environment = PackagedProvider.installedFrom(mirror, directory);
        environment.putAll(settings(operator));
        return new Terraform(directory, Optional.empty(), environment);
    }

    /** Configured for an API where nobody is. */
    public static Terraform ofNobody(Operator operator, Path directory, int port) throws IOException {
        var settings = new HashMap<>(settings(operator));
        settings.put("TOMBOLO_ENDPOINT", "https://127.0.0.1:" + port);
        return inThisProcess(settings, directory);
    }

    /** Without the command there is nothing to show: the test is skipped, and says so. */
    public static void isHere() {
        Assumptions.assumeTrue(command().isPresent(), "skipped: there is no `terraform` on the PATH");
    }

    /** Where it is. */
    public static Optional<Path> command() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(dir -> Path.of(dir, "terraform"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Everything that Terraform can log goes into a file of the directory. */
    public void logsEverything() {
        environment.put("TF_LOG", "TRACE");
        environment.put("TF_LOG_PATH", directory.resolve("trace.log").toString());
    }

    /** The value of a variable, which no command line shows. */
    public void gives(String variable, String value) {
        environment.put("TF_VAR_" + variable, value);
    }

    /** Of the configuration. */
    public void writes(String file, String text) throws IOException {
        Files.writeString(directory.resolve(file), text);
    }

    public Result runs(String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output.log");
        Process process = begins(output, arguments);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(List.of(arguments) + " went on and on: " + Files.readString(output));
        }
        return new Result(process.exitValue(), Files.readString(output));
    }

    /** Begins a command on a terminal, whose keyboard is the process' input; what it shows goes to a file. */
    public Process beginsOnATerminal(Path output, String... arguments) throws IOException {
        String line = command().orElseThrow() + " " + String.join(" ", arguments);
        return started(output, List.of("script", "--quiet", "--flush", "--return", "--command", line, "/dev/null"));
    }

    /** Begins a command whose output goes to a file; the caller ends it. */
    public Process begins(Path output, String... arguments) throws IOException {
        var line = new ArrayList<>(List.of(command().orElseThrow().toString()));
        line.addAll(List.of(arguments));
        return started(output, line);
    }

    private Process started(Path output, List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    public Result applies() throws IOException, InterruptedException {
        return runs("apply", "-auto-approve", "-no-color");
    }

    public Result plans() throws IOException, InterruptedException {
        return runs("plan", "-no-color");
    }

    /** That there is nothing to do. */
    public void hasNothingToDo() throws IOException, InterruptedException {
        Result plan = runs("plan", "-no-color", "-detailed-exitcode");
        assertThat(plan.exitCode()).as(plan.output()).isZero();
    }

    public Result destroys() throws IOException, InterruptedException {
        return runs("destroy", "-auto-approve", "-no-color");
    }

    /** Of a configuration that was applied. */
    public JsonNode output(String name) throws IOException, InterruptedException {
        return new ObjectMapper()
                .readTree(runs("output", "-json", name).succeeds().output());
    }

    /** Whether anything in the directory has it. */
    public boolean keeps(Pattern text) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (text.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .find()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public void close() {
        provider.ifPresent(PluginServer::close);
    }
}
