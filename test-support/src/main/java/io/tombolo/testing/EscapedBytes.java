package io.tombolo.testing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How test data spells bytes: as characters, with {@code \r \n \t \\ \xHH}, and {@code {300*ab}} for repetitions. */
public final class EscapedBytes {
    private static final Pattern SPECIAL = Pattern.compile("\\\\([rnt\\\\]|x[0-9a-f]{2})|\\{([0-9]+)\\*([^}]*)\\}");

    private EscapedBytes() {}

    /** One character a byte (ISO 8859-1). */
    public static String read(String spelt) {
        Matcher special = SPECIAL.matcher(spelt);
        var bytes = new StringBuilder();
        while (special.find()) {
            String escape = special.group(1);
            String plain =
                    escape == null ? read(special.group(3)).repeat(Integer.parseInt(special.group(2))) : one(escape);
            special.appendReplacement(bytes, Matcher.quoteReplacement(plain));
        }
        return special.appendTail(bytes).toString();
    }

    private static String one(String escape) {
        return switch (escape.charAt(0)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'x' -> String.valueOf((char) Integer.parseInt(escape.substring(1), 16));
            default -> "\\";
        };
    }

    /** What a file of a corpus spells: its lines joined, those that begin with {@code #} left out. */
    static byte[] file(String content) {
        var spelt = new StringBuilder();
        content.lines().filter(line -> !line.startsWith("#")).forEach(spelt::append);
        return read(spelt.toString()).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Spells bytes so that they can be pasted into a file of a corpus. */
    static String write(byte[] bytes) {
        var spelt = new StringBuilder();
        for (byte each : bytes) {
            boolean plain = each > ' ' && each < 0x7f && "\\{#".indexOf(each) < 0;
            spelt.append(plain ? String.valueOf((char) each) : each == ' ' ? " " : "\\x%02x".formatted(each));
        }
        return spelt.toString();
    }
}
