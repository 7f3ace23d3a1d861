package io.tombolo.model.traffic;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** Checks the fields of a policy. */
final class TrafficSyntax {
    private static final int MAX_NAME = 256;
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private TrafficSyntax() {}

    /** @throws TomboloException BAD_RESOURCE with the field, its value, and what was expected */
    static void check(boolean holds, String field, Object value, String expected) {
        if (!holds) {
            throw new TomboloException(Fault.BAD_RESOURCE, field + " " + value, "is out of range", "write " + expected);
        }
    }

    /** RFC 9110 §5.6.2; also what RFC 6265 takes for the name of a cookie. */
    static void token(String field, String text) {
        boolean sound = !text.isEmpty()
                && text.length() <= MAX_NAME
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || TOKEN_MARKS.indexOf(c) >= 0);
        check(sound, field, "name", "1 to " + MAX_NAME + " letters, digits and -");
    }
}
