package io.tombolo.cli.output;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text of others as it may be shown: it moves no cursor, begins no line, and turns no direction of writing. */
public final class Visible {
    /** Controls of a terminal (C0, DEL, C1), separators of lines, and what turns the direction of writing. */
    private static final Pattern CONTROL =
            Pattern.compile("[\\p{Cc}\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    /** Where Unicode draws C0; what it does not draw is shown as what cannot be read. */
    private static final int PICTURES = 0x2400;

    private static final String UNREADABLE = "\ufffd";

    private Visible() {}

    /** A value: one line. */
    public static String line(String text) {
        return CONTROL.matcher(text).replaceAll(found -> Matcher.quoteReplacement(picture(found.group())));
    }

    /** The same with its line ends. */
    public static String lines(String text) {
        return String.join("\n", text.lines().map(Visible::line).toList());
    }

    private static String picture(String control) {
        int code = control.charAt(0);
        return code < ' ' ? Character.toString(PICTURES + code) : UNREADABLE;
    }
}
