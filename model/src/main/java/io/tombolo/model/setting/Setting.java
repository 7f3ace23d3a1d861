package io.tombolo.model.setting;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** Checks one setting. */
public final class Setting {
    private Setting() {}

    /**
     * Refuses a value with its key, itself, and what was expected.
     * @param holds    whether the value is in range
     * @param key      as the user writes it, such as {@code gateway.dial.timeout}
     * @param expected the range, and the way out where there is one
     * @throws TomboloException {@link Fault#BAD_SETTING}
     */
    public static void check(boolean holds, String key, Object value, String expected) {
        if (!holds) {
            throw new TomboloException(Fault.BAD_SETTING, key + " = " + value, "out of range", "expected " + expected);
        }
    }
}
