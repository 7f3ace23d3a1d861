package io.tombolo.cli.evidence;

/** One sidecar or gateway that the controller knows. */
public record Proxy(
        String instance,
        String role,
        String spiffeId,
        boolean current,
        boolean connected,
        String error,
        String software,
        long svidLeftMs,
        long svidLifeMs) {
    /** The same with the newest configuration. */
    public Proxy withCurrent() {
        return new Proxy(instance, role, spiffeId, true, connected, error, software, svidLeftMs, svidLifeMs);
    }
}
