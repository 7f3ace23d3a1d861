package io.tombolo.wire.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.httproute.Expression;

/** An expression of RE2/J: it has no back references and no look-around, and so no text that it takes for ever on. */
public final class LinearExpression implements Expression {
    /** Of the source, in characters. */
    public static final int MOST_CHARACTERS = 1_024;

    /** Steps of the compiled program: what each character of a text may cost at worst. */
    static final int MOST_STEPS = 1_000;

    private final String source;
    private final Pattern compiled;

    private LinearExpression(String source, Pattern compiled) {
        this.source = source;
        this.compiled = compiled;
    }

    /** @throws TomboloException BAD_RESOURCE if it is none, or too large */
    public static LinearExpression of(String source) {
        if (source.isEmpty() || source.length() > MOST_CHARACTERS || Repeats.unfolded(source) > Repeats.MOST) {
            throw bad(
                    source,
                    "is empty or too large",
                    "write at most " + MOST_CHARACTERS + " characters and fewer repeats");
        }
        Pattern compiled = compiled(source);
        if (compiled.programSize() > MOST_STEPS) {
            throw bad(
                    source, "is too large", "write fewer repeats and alternatives; paths are better matched by prefix");
        }
        return new LinearExpression(source, compiled);
    }

    private static Pattern compiled(String source) {
        try {
            return Pattern.compile(source);
        } catch (PatternSyntaxException malformed) {
            throw bad(source, malformed.getDescription(), "write it in RE2's syntax, without back references");
        }
    }

    private static TomboloException bad(String source, String what, String fix) {
        var shown = new StringBuilder();
        source.chars().limit(80).forEach(c -> shown.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return new TomboloException(Fault.BAD_RESOURCE, "regular expression '" + shown + "'", what, fix);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public boolean fits(String text) {
        return compiled.matches(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LinearExpression that && that.source.equals(source);
    }

    @Override
    public int hashCode() {
        return source.hashCode();
    }

    @Override
    public String toString() {
        return source;
    }
}
