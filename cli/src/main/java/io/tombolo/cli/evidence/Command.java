package io.tombolo.cli.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A command that somebody copies into a shell: what is in a value of others is one word there, and nothing else.
 * @param words as the program gets them
 */
public record Command(List<String> words) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final String VALUE = "{}";

    public Command {
        words = List.copyOf(words);
    }

    /** @param line words with a blank between them; each {@code {}} stands for one of {@code values} */
    public static Command of(String line, String... values) {
        var words = new ArrayList<String>();
        int next = 0;
        for (String word : line.strip().split(" +")) {
            int at = word.indexOf(VALUE);
            words.add(at < 0 ? word : word.substring(0, at) + values[next++] + word.substring(at + VALUE.length()));
        }
        return new Command(words);
    }

    Command then(List<String> more) {
        var all = new ArrayList<>(words);
        all.addAll(more);
        return new Command(all);
    }

    /** For a POSIX shell. */
    @Override
    public String toString() {
        return words.stream().map(Command::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
