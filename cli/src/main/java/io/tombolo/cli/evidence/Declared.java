package io.tombolo.cli.evidence;

import java.util.List;

/**
 * An export, a policy or a route, and what became of it.
 * @param object     whether it is an object of Kubernetes
 * @param conditions empty = nobody said anything
 */
public record Declared(String kind, String namespace, String name, boolean object, List<Condition> conditions) {
    public String named() {
        return kind + " " + namespace + "/" + name;
    }
}
