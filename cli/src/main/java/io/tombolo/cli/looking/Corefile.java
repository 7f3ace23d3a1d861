package io.tombolo.cli.looking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a CoreDNS is told to do with a zone. Reads blocks of servers and their plugin {@code forward}; imports and snippets are not
 * followed. Pure.
 * @param text one Corefile, or several one after the other
 */
record Corefile(String text) {
    /**
     * Where the servers of exactly this zone lead questions.
     * @param zone without the final dot
     * @return empty if there is none for it; hosts as they are written, without a port
     */
    Optional<List<String>> leads(String zone) {
        boolean found = false;
        boolean inside = false;
        int depth = 0;
        var to = new ArrayList<String>();
        for (String line : text.lines().map(Corefile::bare).toList()) {
            String[] words = line.split("[\\s,]+");
            if (depth == 0 && line.endsWith("{")) {
                inside = Stream.of(words).anyMatch(word -> name(word).equals(zone));
                found |= inside;
            }
            if (depth == 1 && inside && words[0].equals("forward")) {
                Stream.of(words)
                        .skip(2)
                        .filter(word -> !word.equals("{"))
                        .map(Corefile::host)
                        .forEach(to::add);
            }
            depth = Math.max(0, depth + count(line, '{') - count(line, '}'));
        }
        return found ? Optional.of(List.copyOf(to)) : Optional.empty();
    }

    /** Without what is said to people. */
    private static String bare(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    /** Of {@code dns://clusterset.local.:53}. */
    private static String name(String word) {
        String plain =
                word.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "").replaceFirst(":[0-9]+$", "");
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Of {@code 10.96.0.53:53}, {@code dns://10.96.0.53} and {@code [fd00::53]:53}. */
    private static String host(String word) {
        String plain = word.replaceFirst("^[a-z]+://", "");
        if (plain.startsWith("[")) {
            return plain.substring(1, Math.max(1, plain.indexOf(']')));
        }
        return plain.indexOf(':') == plain.lastIndexOf(':') ? plain.replaceFirst(":[0-9]+$", "") : plain;
    }

    private static int count(String line, char wanted) {
        return (int) line.chars().filter(c -> c == wanted).count();
    }
}
