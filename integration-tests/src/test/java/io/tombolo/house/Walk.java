package io.tombolo.house;

import java.util.List;
import java.util.Set;

/**
 * A walk through the rooms of one module, from the first to the last.
 *
 * @param basePackage package whose direct children are the rooms
 * @param inOrder     the steps; rooms of one step stand side by side
 * @param beside      rooms that are no step of the walk: its order does not bind them
 * @param under       what every room stands on: these rooms import none but one another
 */
record Walk(String basePackage, List<Set<String>> inOrder, Set<String> beside, Set<String> under) {
    /** Of one connection and each of its exchanges. */
    static final Walk DATA = new Walk(
            "io.tombolo.dataplane",
            List.of(
                    rooms("accept capture dns"),
                    rooms("hello"),
                    rooms("identity"),
                    rooms("protocol"),
                    rooms("route"),
                    rooms("policy"),
                    rooms("pick"),
                    rooms("upstream"),
                    rooms("relay")),
            rooms("session terminate exchange app drain admin program boot"),
            rooms(
                    "accesslog delegation demand enrol feed flow http1 http2 limit loop metrics outcome probe splice tls trace traffic"));

    /** Of what a cluster exports and imports; the federation log itself is the module {@code catalog}. */
    static final Walk CONTROL = new Walk(
            "io.tombolo.controller",
            List.of(rooms("exporting"), rooms("publish"), rooms("subscribe"), rooms("importing"), rooms("push")),
            rooms("failover health probe join peers api inject replica boot"),
            rooms("identity trust tokens enrol store kube backbone"));

    /** Of what Terraform asks for; what is offered to it ({@code mesh}) knows nothing of the wire. */
    static final Walk PROVIDER = new Walk(
            "io.tombolo.terraform",
            List.of(rooms("cty"), rooms("schema"), rooms("resource"), rooms("mesh"), rooms("wire")),
            rooms("boot"),
            rooms("proto"));

    private static Set<String> rooms(String names) {
        return Set.of(names.split(" "));
    }

    /**
     * The room that a package is, or lies in.
     *
     * @param packageName full name
     * @return empty text for a package outside this module or for the module's base package
     */
    String roomOf(String packageName) {
        if (!packageName.startsWith(basePackage + ".")) {
            return "";
        }
        String below = packageName.substring(basePackage.length() + 1);
        int dot = below.indexOf('.');
        return dot < 0 ? below : below.substring(0, dot);
    }

    boolean knows(String room) {
        return under.contains(room) || beside.contains(room) || step(room) >= 0;
    }

    /**
     * Whether an import leads back along the walk or down, or has nothing to do with it.
     *
     * @param from room that imports
     * @param to   room that is imported
     * @return false if {@code to} comes later than {@code from}, or {@code from} is under it
     */
    boolean runsOneWay(String from, String to) {
        if (under.contains(from)) {
            return under.contains(to);
        }
        return step(from) < 0 || step(to) <= step(from);
    }

    private int step(String room) {
        for (int i = 0; i < inOrder.size(); i++) {
            if (inOrder.get(i).contains(room)) {
                return i;
            }
        }
        return -1;
    }
}
