package io.tombolo.cli.judging;

import io.tombolo.model.fault.Fault;

/**
 * Something that is not well.
 * @param broken  false = it is not known whether it is well
 * @param where   the thing it is about
 * @param what    the fact, with the value that was seen
 * @param command what mends it, or shows what is in the way, as it can be run; empty = none is known
 */
public record Finding(Fault fault, boolean broken, String where, String what, String command) {
    static Finding broken(Fault fault, String where, String what, String command) {
        return new Finding(fault, true, where, what, command);
    }

    static Finding unknown(Fault fault, String where, String what, String command) {
        return new Finding(fault, false, where, what, command);
    }

    boolean isAbout(Finding other) {
        return fault == other.fault && where.equals(other.where);
    }
}
