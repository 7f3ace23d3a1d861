package io.tombolo.cli.output;

import io.tombolo.model.fault.Fault;

/** Exit codes that scripts can use; listed in {@code docs/cli.md}. */
public enum ExitCode {
    OK(0),
    /** Something failed that no other code names. */
    FAILED(1),
    /** The command line, a file or a resource is not as it must be. */
    USAGE(2),
    /** Done in part; the rest goes on in the background, or could not be looked at. */
    PENDING(3),
    /** Understood and refused. */
    REFUSED(4),
    /** Try again later. */
    UNAVAILABLE(5),
    /** Something on this machine must be put right first. */
    STATE(6),
    /** A defect of Tombolo. */
    BUG(70);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /** The code for a fault. */
    public static ExitCode of(Fault fault) {
        return switch (fault.kind()) {
            case INPUT -> USAGE;
            case CLIENT, REFUSED, SECURITY -> REFUSED;
            case UNAVAILABLE -> UNAVAILABLE;
            case STATE -> STATE;
            case BUG -> BUG;
        };
    }
}
