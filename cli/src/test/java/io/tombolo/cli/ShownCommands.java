package io.tombolo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Finds the {@code tombolo} commands that a text shows, and tells whether this build knows them. */
final class ShownCommands {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(?:sh)?\\n(.*?)^```");
    private static final Pattern INLINE = Pattern.compile("(?<!`)`((?:\\./)?tombolo [^`]+)`(?!`)");
    private static final List<String> PROGRAM = List.of("tombolo", "./tombolo");

    private ShownCommands() {}

    /** The commands of a document's blocks, complete as they stand. */
    static List<List<String>> inBlocks(String markdown) {
        return FENCE.matcher(markdown)
                .results()
                .flatMap(block -> block.group(1).lines())
                .flatMap(line -> inLine(line).stream())
                .toList();
    }

    /** The commands that sentences mention, often without what they need. */
    static List<List<String>> inSentences(String text) {
        return INLINE.matcher(FENCE.matcher(text).replaceAll(""))
                .results()
                .map(match -> match.group(1).replaceAll("\\s+", " "))
                .filter(command -> !command.contains("…"))
                .flatMap(command -> inLine(command).stream())
                .toList();
    }

    /** The commands of one line of shell: between pipes, without comments and redirections. */
    static List<List<String>> inLine(String line) {
        return Stream.of(line.strip().split("\\s[|;]\\s"))
                .map(ShownCommands::words)
                .filter(words -> !words.isEmpty() && PROGRAM.contains(words.getFirst()))
                .map(words -> words.subList(1, words.size()))
                .toList();
    }

    private static List<String> words(String part) {
        var words = new ArrayList<String>();
        var matcher = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)").matcher(part);
        while (matcher.find()) {
            String word = Stream.of(1, 2, 3)
                    .map(matcher::group)
                    .filter(java.util.Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            if (matcher.group(3) != null && (word.startsWith("#") || word.equals(">") || word.equals("&"))) {
                break;
            }
            words.add(word);
        }
        return words;
    }

    /** Fails unless the words can be run as they are. */
    static void assertRuns(List<String> words, String where) {
        try {
            Tombolo.commandLine().parseArgs(words.toArray(String[]::new));
        } catch (ParameterException wrong) {
            throw new AssertionError(where + ": tombolo " + String.join(" ", words) + ": " + wrong.getMessage(), wrong);
        }
    }

    /** Fails unless command, subcommands and options exist; what is required may be missing. */
    static void assertKnown(List<String> words, String where) {
        CommandLine command = Tombolo.commandLine();
        int next = 0;
        while (next < words.size() && command.getSubcommands().containsKey(words.get(next))) {
            command = Objects.requireNonNull(command.getSubcommands().get(words.get(next++)));
        }
        String said = where + ": tombolo " + String.join(" ", words);
        boolean group = !command.getSubcommands().isEmpty();
        for (String word : words.subList(next, words.size())) {
            if (word.equals("--")) {
                return;
            }
            if (word.startsWith("-")) {
                assertThat(command.getCommandSpec().optionsMap()).as(said).containsKey(word.split("=", 2)[0]);
            } else {
                assertThat(group && next == words.indexOf(word))
                        .as("%s: %s is no command", said, word)
                        .isFalse();
            }
        }
    }
}
