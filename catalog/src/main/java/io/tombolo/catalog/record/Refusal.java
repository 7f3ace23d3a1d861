package io.tombolo.catalog.record;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** Why a record is not taken. */
public final class Refusal {
    private static final String FIX =
            "if it recurs, look at `tombolo clusters` and the origin's own log: it writes what it may not, or someone else does";

    private Refusal() {}

    /**
     * A refusal.
     * @param where the record, as far as it is known
     * @param what  the fact
     */
    public static TomboloException of(Fault fault, String where, String what) {
        return new TomboloException(fault, where, what, FIX);
    }

    /** What was thrown while a payload was read, as a fault of the log. */
    static TomboloException ofPayload(String where, TomboloException cause) {
        Fault fault = cause.fault().code().startsWith("TB-3") ? cause.fault() : Fault.MALFORMED_RECORD;
        return of(fault, where, cause.where() + ": " + cause.what());
    }
}
