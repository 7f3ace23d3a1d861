package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** The label syntax that clusters, namespaces, services and accounts share (RFC 1123 §2.1, lower case only). */
public final class Rfc1123 {
    /** Longest label, in characters. */
    public static final int MAX_LABEL_LENGTH = 63;

    private Rfc1123() {}

    /**
     * Checks one label.
     * @param what the word for the user, such as {@code cluster}
     * @return {@code label} itself
     * @throws TomboloException {@link Fault#BAD_NAME} naming what is wrong
     */
    public static String label(String what, String label) {
        return label(what, label, MAX_LABEL_LENGTH);
    }

    static String label(String what, String label, int maxLength) {
        if (!isLabel(label) || label.length() > maxLength) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    what + " '" + printable(label) + "'",
                    "is not a name",
                    "use 1 to " + maxLength + " of a-z, 0-9 and -, beginning and ending with a letter or digit");
        }
        return label;
    }

    /** Whether {@code text} is one label of at most 63 characters. */
    public static boolean isLabel(String text) {
        int length = text.length();
        if (length == 0 || length > MAX_LABEL_LENGTH || text.charAt(0) == '-' || text.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    /** At most 80 characters of {@code text} with everything but printable ASCII replaced, safe for a log. */
    static String printable(String text) {
        var shown = new StringBuilder();
        text.chars().limit(80).forEach(c -> shown.append(c >= 0x20 && c < 0x7f ? (char) c : '?'));
        return text.length() > 80 ? shown.append("...").toString() : shown.toString();
    }
}
