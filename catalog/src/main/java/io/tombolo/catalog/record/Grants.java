package io.tombolo.catalog.record;

import io.tombolo.model.setting.Setting;
import java.util.List;

/**
 * What a member may publish.
 * @param mayExport   {@code namespace/name} patterns, {@code *} for any run of characters within a part; empty = nothing
 * @param maxExports  0 or more
 * @param maxGateways 0 to 64
 */
public record Grants(List<String> mayExport, int maxExports, int maxGateways) {
    /** Everything, within the usual limits. */
    public static final Grants DEFAULT = new Grants(List.of("*/*"), 10_000, 16);

    private static final int MAX_PATTERNS = 256;

    public Grants {
        mayExport = List.copyOf(mayExport);
        Setting.check(mayExport.size() <= MAX_PATTERNS, "grants.may-export", mayExport.size(), "0 to " + MAX_PATTERNS);
        for (String pattern : mayExport) {
            Setting.check(
                    pattern.matches("[a-z0-9*-]{1,63}/[a-z0-9*-]{1,63}"),
                    "grants.may-export",
                    pattern,
                    "namespace/name with a-z, 0-9, - and *");
        }
        Setting.check(maxExports >= 0, "grants.max-exports", maxExports, "0 or more");
        Setting.check(maxGateways >= 0 && maxGateways <= 64, "grants.max-gateways", maxGateways, "0 to 64");
    }
}
