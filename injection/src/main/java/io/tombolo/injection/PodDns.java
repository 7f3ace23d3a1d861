package io.tombolo.injection;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Has a pod's programs ask its sidecar for names first, and the cluster's own DNS for what the sidecar does not answer. Pure. */
final class PodDns {
    /** More nameservers are not asked (resolv.conf(5)). */
    private static final int MOST_NAMESERVERS = 3;

    private static final String HERE = "127.0.0.1";

    private PodDns() {}

    static void lead(ObjectNode spec, String namespace, SidecarTemplate sidecar) {
        String policy = spec.path("dnsPolicy").asText("ClusterFirst");
        ObjectNode config = spec.withObject("/dnsConfig");
        switch (policy) {
            case "ClusterFirst" -> {
                prepend(config.withArray("/nameservers"), List.of(HERE, sidecar.clusterDns()));
                String domain = sidecar.clusterDomain();
                prepend(config.withArray("/searches"), List.of(namespace + ".svc." + domain, "svc." + domain, domain));
                addNdots(config.withArray("/options"));
            }
            case "None" -> prepend(config.withArray("/nameservers"), List.of(HERE));
            default ->
                throw Refused.pod(
                        "dnsPolicy " + policy,
                        "does not ask the cluster's DNS, and so not the sidecar",
                        "use ClusterFirst or None, or the annotation " + PodWish.CAPTURE + ": none");
        }
        if (Named.has(config.path("options"), "rotate")) {
            throw Refused.pod(
                    "dnsConfig.options rotate",
                    "asks the sidecar last as often as first",
                    "take it out, or use the annotation " + PodWish.CAPTURE + ": none");
        }
        if (config.path("nameservers").size() > MOST_NAMESERVERS) {
            throw Refused.pod(
                    "dnsConfig.nameservers",
                    "has no room for the sidecar: at most " + MOST_NAMESERVERS + " are asked",
                    "take one out, or use the annotation " + PodWish.CAPTURE + ": none");
        }
        spec.put("dnsPolicy", "None");
    }

    private static void prepend(ArrayNode list, List<String> first) {
        var all = new ArrayList<>(first);
        list.forEach(item -> {
            if (!all.contains(item.asText())) {
                all.add(item.asText());
            }
        });
        list.removeAll();
        all.forEach(list::add);
    }

    /** As Kubernetes has it under ClusterFirst. */
    private static void addNdots(ArrayNode options) {
        if (!Named.has(options, "ndots")) {
            options.addObject().put("name", "ndots").put("value", "5");
        }
    }
}
