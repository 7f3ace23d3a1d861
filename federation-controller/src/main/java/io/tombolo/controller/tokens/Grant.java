package io.tombolo.controller.tokens;

import io.tombolo.model.setting.Setting;
import java.util.List;

/**
 * What a cluster may do once it has joined.
 * @param mayExport   {@code namespace/name} patterns; empty = it may export nothing
 * @param maxExports  0 to 100000
 * @param maxGateways 0 to 1000
 */
public record Grant(List<String> mayExport, int maxExports, int maxGateways) {
    /** Everything, within bounds. */
    public static final Grant DEFAULT = new Grant(List.of("*/*"), 10_000, 64);

    public Grant {
        mayExport = List.copyOf(mayExport);
        Setting.check(mayExport.size() <= 256, "grants.mayExport", mayExport.size(), "0 to 256 patterns");
        for (String pattern : mayExport) {
            Setting.check(
                    pattern.matches("[a-z0-9*-]{1,63}/[a-z0-9*-]{1,63}"),
                    "grants.mayExport",
                    pattern,
                    "namespace/name with '*' for any characters");
        }
        Setting.check(maxExports >= 0 && maxExports <= 100_000, "grants.maxExports", maxExports, "0 to 100000");
        Setting.check(maxGateways >= 0 && maxGateways <= 1_000, "grants.maxGateways", maxGateways, "0 to 1000");
    }
}
