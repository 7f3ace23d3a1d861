package io.tombolo.cli.evidence;

import java.util.List;

/**
 * A pod that runs or should.
 * @param owner      such as {@code deployment/checkout}; empty if it has none
 * @param sidecar    whether it has a sidecar
 * @param exempt     whether it has been said that it gets none, or cannot have one
 */
public record Pod(
        String namespace, String name, String owner, boolean sidecar, boolean exempt, List<Container> containers) {
    /**
     * One of its containers.
     * @param waiting  why it does not run, such as {@code CrashLoopBackOff}; empty = it does
     * @param ended    why it ended last, such as {@code OOMKilled}; empty = it never did
     * @param exitCode of that
     */
    public record Container(String name, boolean started, int restarts, String waiting, String ended, int exitCode) {}

    public String named() {
        return namespace + "/" + name;
    }
}
