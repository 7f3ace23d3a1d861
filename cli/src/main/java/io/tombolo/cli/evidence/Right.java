package io.tombolo.cli.evidence;

/**
 * Whether somebody may do one thing.
 * @param resource  as rules name it, with its subresource
 * @param name      of the only object; empty = all
 * @param namespace empty = all
 */
public record Right(String verb, String group, String resource, String name, String namespace, boolean allowed) {
    /** Such as {@code update serviceexports/status of multicluster.x-k8s.io}. */
    public String text() {
        return verb + " " + resource + (group.isEmpty() ? "" : " of " + group) + (name.isEmpty() ? "" : " " + name)
                + (namespace.isEmpty() ? "" : " in " + namespace);
    }
}
