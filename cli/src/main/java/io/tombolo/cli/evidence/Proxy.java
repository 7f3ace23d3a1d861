package io.tombolo.cli.evidence;

/** One sidecar or gateway that the controller knows. @param left it said that it ends; there is nothing more to know of it */
public record Proxy(
        String instance,
        String role,
        String spiffeId,
        boolean current,
        boolean connected,
        boolean left,
        String error,
        String software,
        long svidLeftMs,
        long svidLifeMs) {
    /** The same with the newest configuration. */
    public Proxy withCurrent() {
        return new Proxy(instance, role, spiffeId, true, connected, left, error, software, svidLeftMs, svidLifeMs);
    }
}
