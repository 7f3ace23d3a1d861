package io.tombolo.model.capture;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.PortNumber;

/**
 * Some TCP ports in a row.
 * @param first 1 to 65535
 * @param last  {@code first} to 65535
 */
public record PortRange(int first, int last) {
    public PortRange {
        PortNumber.check("port range", first);
        PortNumber.check("port range", last);
        if (last < first) {
            throw bad(first + "-" + last);
        }
    }

    /** Reads {@code 22} or {@code 9000-9010}. */
    public static PortRange parse(String text) {
        int dash = text.indexOf('-');
        int first = PortNumber.parse(dash < 0 ? text : text.substring(0, dash));
        int last = dash < 0 ? first : PortNumber.parse(text.substring(dash + 1));
        if (first < 1 || last < first) {
            throw bad(text);
        }
        return new PortRange(first, last);
    }

    private static TomboloException bad(String text) {
        return new TomboloException(
                Fault.BAD_NAME, "port range '" + text + "'", "is none", "write 22 or 9000-9010, from 1 to 65535");
    }

    /** As {@code nft} and {@link #parse} read it. */
    @Override
    public String toString() {
        return first == last ? "" + first : first + "-" + last;
    }
}
