package io.tombolo.dataplane.pick;

/**
 * What may be picked when nothing better is left, from strict to lenient. A doubtful endpoint or path beats none: the doubt
 * may be old, or somebody else's fault, and nothing has been sent that could be done twice.
 */
enum Again {
    /** Only who was not tried for this request, and is not doubted. */
    NOTHING(false, false, false),
    /** The same, also in a cluster where an attempt failed, though the service's policy would rather have another one. */
    SIBLINGS(false, false, false),
    /** An endpoint with which a connection broke, by another path. */
    ENDPOINTS(true, false, false),
    /** A path that did not do, to another endpoint. */
    PATHS(false, true, false),
    /** Both. */
    BOTH(true, true, false),
    /** What was not tried for this request, though it refused connections or was down a moment ago. */
    DOUBTED(false, false, true),
    /** An endpoint that is doubted since a connection with it broke, by another path: what it is doubted for may be the path's. */
    OTHER_WAY(true, false, true),
    /** Both of what broke, though it is doubted since. */
    ANYBODY(true, true, true);

    private final boolean endpoints;
    private final boolean paths;
    private final boolean doubts;

    Again(boolean endpoints, boolean paths, boolean doubts) {
        this.endpoints = endpoints;
        this.paths = paths;
        this.doubts = doubts;
    }

    boolean endpoints() {
        return endpoints;
    }

    boolean paths() {
        return paths;
    }

    /** Whether doubts are forgiven. */
    boolean doubts() {
        return doubts;
    }

    /** Whether there is anything to be lenient about when nothing was tried. */
    boolean forFirstAttempts() {
        return this == NOTHING || this == DOUBTED;
    }
}
