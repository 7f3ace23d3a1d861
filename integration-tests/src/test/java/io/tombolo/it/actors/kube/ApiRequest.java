package io.tombolo.it.actors.kube;

import java.util.List;
import java.util.Optional;

/** A request as RBAC sees it: a verb, a group and a resource. */
final class ApiRequest {
    private ApiRequest() {}

    /**
     * Such as {@code update multicluster.x-k8s.io/serviceimports/status}; the core group is empty. Empty for what is no resource:
     * which versions there are may be asked by everybody.
     */
    static Optional<String> of(String method, String path) {
        String[] halves = path.split("\\?", 2);
        List<String> parts = List.of(halves[0].substring(1).split("/"));
        boolean core = parts.getFirst().equals("api");
        int before = core ? 2 : 3;
        if (parts.size() <= before) {
            return Optional.empty();
        }
        List<String> rest = parts.subList(before, parts.size());
        boolean inNamespace = rest.getFirst().equals("namespaces") && rest.size() > 2;
        List<String> object = inNamespace ? rest.subList(2, rest.size()) : rest;
        String resource = object.size() > 2 ? object.getFirst() + "/" + object.get(2) : object.getFirst();
        boolean watched = halves.length > 1 && halves[1].contains("watch=true");
        String group = core ? "" : parts.get(1);
        return Optional.of(verb(method, object.size() > 1, watched) + " " + group + "/" + resource);
    }

    private static String verb(String method, boolean named, boolean watched) {
        return switch (method) {
            case "GET" -> watched ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> "delete";
            default -> method;
        };
    }
}
