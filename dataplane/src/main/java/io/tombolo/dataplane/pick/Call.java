package io.tombolo.dataplane.pick;

import io.tombolo.model.routing.Urgencies;
import java.util.OptionalLong;

/**
 * What matters of a call for where it goes.
 * @param key     calls with the same one go to the same instance, if the service's policy hashes; empty = not
 * @param urgency 0, the most urgent, to 7 (RFC 9218 §4.1)
 */
public record Call(OptionalLong key, int urgency) {
    /** As urgent as one that says nothing, to anybody. */
    public static final Call USUAL = new Call(OptionalLong.empty(), Urgencies.USUAL);
}
