package io.tombolo.model.outcome;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the destination sidecar says of a request, as the header or trailer
 * {@code tombolo-outcome: v=1;b=<blame>;c=TB-nnnn;r=<1 processed | 0 not>}. Unknown keys are ignored; another version is
 * not understood. It is stripped towards the application, and from what the application sent.
 * @param blame     whose doing
 * @param code      the fault's code; empty when there was none
 * @param processed whether the application may have acted on the request; only {@code false} allows any replay
 */
public record OutcomeHeader(Blame blame, String code, boolean processed) {
    /** The header's name, lower case. */
    public static final String NAME = "tombolo-outcome";

    private static final int MAX_LENGTH = 256;
    private static final Pattern CODE = Pattern.compile("TB-[0-9]{4}");

    /** Reads a header's value; empty if it is not one, of another version, or lacks blame or processed. */
    public static Optional<OutcomeHeader> parse(String value) {
        if (value.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Blame blame = null;
        String version = "";
        String code = "";
        String processed = "";
        for (String pair : value.split(";", -1)) {
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            String text = equals < 0 ? "" : pair.substring(equals + 1);
            switch (key.strip()) {
                case "v" -> version = text;
                case "b" -> blame = blame(text);
                case "c" -> code = CODE.matcher(text).matches() ? text : "";
                case "r" -> processed = text;
                default -> {
                    // a later version may say more
                }
            }
        }
        boolean understood = version.equals("1") && (processed.equals("0") || processed.equals("1"));
        return blame == null || !understood
                ? Optional.empty()
                : Optional.of(new OutcomeHeader(blame, code, processed.equals("1")));
    }

    /** The header's value. */
    public String text() {
        String coded = code.isEmpty() ? "" : ";c=" + code;
        return "v=1;b=" + blame.name().toLowerCase(Locale.ROOT) + coded + ";r=" + (processed ? "1" : "0");
    }

    private static Blame blame(String text) {
        for (Blame blame : Blame.values()) {
            if (blame.name().equalsIgnoreCase(text)) {
                return blame;
            }
        }
        return Blame.UNKNOWN;
    }
}
