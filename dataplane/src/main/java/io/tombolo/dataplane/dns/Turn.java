package io.tombolo.dataplane.dns;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Answers have room for some: others for those who ask in the next seconds, and the same for all who ask in these. Pure. */
final class Turn {
    /** As long as an answer may be remembered. */
    private static final int SECONDS = 5;

    private Turn() {}

    /**
     * All of them, beginning with those whose turn it is.
     * @param places in an answer; 0 = none, and then their order is as good as any
     */
    static <T> List<T> of(List<T> all, int places, Instant now) {
        var turned = new ArrayList<>(all);
        Collections.rotate(
                turned, -(int) Math.floorMod(now.getEpochSecond() / SECONDS * places, Math.max(1, all.size())));
        return turned;
    }
}
