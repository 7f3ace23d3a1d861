package io.tombolo.terraform.schema;

import io.tombolo.terraform.cty.CtyValue;
import java.util.Optional;

/** Says what is wrong with one known value, as in "must be 1 to 65535"; empty if nothing is. */
@FunctionalInterface
public interface Check {
    Optional<String> problem(CtyValue value);

    /** The same as data; empty where only this check can tell. */
    default Optional<Limit> limit() {
        return Optional.empty();
    }
}
