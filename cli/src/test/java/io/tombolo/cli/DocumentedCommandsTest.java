package io.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Every command that a document, a help text or an error shows is one that this build knows. */
class DocumentedCommandsTest {
    private static final Path HOME = Path.of("..");
    private static final Pattern MODULES = Pattern.compile("-pl ([a-z,/-]+)");
    private static final Pattern BENCHMARK = Pattern.compile("benchmarks/run ([a-z]+)");

    @Test
    void everyCommandInABlockRunsAsItStands() throws IOException {
        int commands = 0;
        for (Path document : documents()) {
            for (List<String> words : ShownCommands.inBlocks(Files.readString(document))) {
                ShownCommands.assertRuns(words, document.toString());
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(10);
    }

    @Test
    void everyCommandInASentenceExists() throws IOException {
        int commands = 0;
        for (Path document : documents()) {
            // In docs/cli.md it stands for any command.
            String text = Files.readString(document).replace("`tombolo COMMAND --help`", "`tombolo status --help`");
            for (List<String> words : ShownCommands.inSentences(text)) {
                ShownCommands.assertKnown(words, document.toString());
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(10);
    }

    @Test
    void everyCommandThatAnErrorOrAHintNamesExists() throws IOException {
        int commands = 0;
        for (Path source : sources()) {
            for (String line : Files.readAllLines(source)) {
                for (List<String> words : ShownCommands.inSentences(line)) {
                    ShownCommands.assertKnown(words, source.toString());
                    commands++;
                }
            }
        }
        assertThat(commands).isGreaterThan(20);
    }

    @Test
    void everyExampleOfAHelpTextRunsAsItStands() {
        for (CommandLine command : EveryCommand.below(Tombolo.commandLine())) {
            String name = command.getCommandSpec().qualifiedName();
            List<List<String>> examples = Stream.of(
                            command.getCommandSpec().usageMessage().footer())
                    .flatMap(line -> ShownCommands.inLine(line).stream())
                    .toList();
            assertThat(examples).as("examples of %s", name).isNotEmpty();
            examples.forEach(words -> ShownCommands.assertRuns(words, name));
        }
    }

    @Test
    void theBuildsCommandsNameModulesAndBenchmarksThatExist() throws IOException {
        var modules = new ArrayList<String>();
        var benchmarks = new ArrayList<String>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            MODULES.matcher(text)
                    .results()
                    .forEach(m -> modules.addAll(List.of(m.group(1).split(","))));
            BENCHMARK.matcher(text).results().forEach(m -> benchmarks.add(m.group(1)));
        }
        assertThat(modules)
                .isNotEmpty()
                .allSatisfy(module ->
                        assertThat(HOME.resolve(module).resolve("pom.xml")).exists());
        String known = Files.readString(HOME.resolve("benchmarks/run"))
                + Files.readString(HOME.resolve("benchmarks/src/main/java/io/tombolo/benchmarks/boot/Benchmarks.java"));
        assertThat(benchmarks)
                .isNotEmpty()
                .allSatisfy(benchmark -> assertThat(known).contains(benchmark));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
            return Stream.concat(
                            docs.filter(file -> file.toString().endsWith(".md")),
                            Stream.of("README.md", "CONTRIBUTING.md").map(HOME::resolve))
                    .toList();
        }
    }

    private static List<Path> sources() throws IOException {
        var sources = new ArrayList<Path>();
        for (String module : List.of(
                "model",
                "trust-bundle",
                "wire",
                "catalog",
                "dataplane",
                "gateway",
                "sidecar",
                "federation-controller",
                "kafka",
                "cli")) {
            try (Stream<Path> files = Files.walk(HOME.resolve(module).resolve("src/main/java"))) {
                files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}
