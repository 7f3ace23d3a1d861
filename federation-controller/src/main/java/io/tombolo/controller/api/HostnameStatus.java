package io.tombolo.controller.api;

import io.tombolo.controller.api.ServicesResource.Condition;
import io.tombolo.controller.exporting.LocalService;
import io.tombolo.model.name.InstanceHostname;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the owner of instances that say the same host name must know. */
final class HostnameStatus {
    private static final int MOST_NAMED = 3;

    private HostnameStatus() {}

    /** Empty while each says another one, or none. */
    static List<Condition> of(LocalService service) {
        Set<InstanceHostname> shared = InstanceHostname.shared(service.saidHostnames());
        if (shared.isEmpty()) {
            return List.of();
        }
        String some = shared.stream()
                .sorted()
                .limit(MOST_NAMED)
                .map(InstanceHostname::label)
                .collect(Collectors.joining(", "));
        return List.of(new Condition(
                "HostnamesUnique",
                "False",
                "SaidBySeveral",
                "workload.hostname: several ready instances here say " + some
                        + (shared.size() > MOST_NAMED ? " and " + (shared.size() - MOST_NAMED) + " more" : "")
                        + ", so nobody has that name; give each its own. Their ids are names all the same"));
    }
}
