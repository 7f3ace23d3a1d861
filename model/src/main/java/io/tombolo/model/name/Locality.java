package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/**
 * Where a cluster runs; nearness is same zone, then same region, then the rest.
 * @param region 0 to 63 characters of {@code a-z A-Z 0-9 . _ -}; empty = not said, equal to no region
 * @param zone   the same; meaningful only within its region
 */
public record Locality(String region, String zone) {
    /** Nothing said. */
    public static final Locality UNKNOWN = new Locality("", "");

    public Locality {
        check("region", region);
        check("zone", zone);
    }

    /** Both said the same region. */
    public boolean sameRegion(Locality other) {
        return !region.isEmpty() && region.equals(other.region);
    }

    /** Both said the same region and zone. */
    public boolean sameZone(Locality other) {
        return sameRegion(other) && !zone.isEmpty() && zone.equals(other.zone);
    }

    private static void check(String what, String text) {
        boolean allowed = text.length() <= Rfc1123.MAX_LABEL_LENGTH
                && text.chars()
                        .allMatch(c -> Character.isLetterOrDigit(c) && c < 128 || c == '.' || c == '_' || c == '-');
        if (!allowed) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    what + " '" + Rfc1123.printable(text) + "'",
                    "is not a name",
                    "use up to 63 letters, digits, '.', '_' and '-'");
        }
    }
}
