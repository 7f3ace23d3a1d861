package io.tombolo.dataplane.pick;

/**
 * What may be picked when nothing better is left, from strict to lenient. A doubtful endpoint or path beats none: the doubt
 * may be old, or somebody else's fault, and nothing has been sent that could be done twice.
 */
enum Again {
    /** Only who was not tried for this request, and is not doubted. */
    NOTHING(false, false),
    /** An endpoint with which a connection broke, by another path. */
    ENDPOINTS(true, false),
    /** A path that did not do, to another endpoint. */
    PATHS(false, true),
    /** Both. */
    BOTH(true, true),
    /** What was not tried for this request, though it refused connections or was down a moment ago. */
    DOUBTED(false, false);

    private final boolean endpoints;
    private final boolean paths;

    Again(boolean endpoints, boolean paths) {
        this.endpoints = endpoints;
        this.paths = paths;
    }

    boolean endpoints() {
        return endpoints;
    }

    boolean paths() {
        return paths;
    }

    /** Whether there is anything to be lenient about when nothing was tried. */
    boolean forFirstAttempts() {
        return this == NOTHING || this == DOUBTED;
    }
}
