package io.tombolo.catalog.record;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** What became of a record. */
public sealed interface Verdict {
    /** @param changed false if it was known already */
    record Accepted(boolean changed) implements Verdict {}

    /**
     * It changed nothing.
     * @param text where and what, for the operator; holds no secret
     */
    record Refused(Fault fault, String text) implements Verdict {}

    /** It is new and was applied. */
    Verdict CHANGED = new Accepted(true);

    /** The very same record was applied before. */
    Verdict KNOWN = new Accepted(false);

    static Verdict refused(TomboloException why) {
        return new Refused(why.fault(), why.where() + ": " + why.what());
    }

    /** Whether the state after is another one than before. */
    default boolean changedSomething() {
        return this instanceof Accepted accepted && accepted.changed();
    }
}
