package io.tombolo.injection;

/** How calls of a pod's programs get to its sidecar. */
public enum Capture {
    /** Names of imported services have addresses of the sidecar's; no rights are needed. */
    DNS,
    /** The same, and the kernel leads all other calls to it too; a container with NET_ADMIN makes the rules. */
    TRANSPARENT,
    /** Not at all. */
    NONE
}
