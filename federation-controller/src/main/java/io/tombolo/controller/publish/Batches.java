package io.tombolo.controller.publish;

import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.ServiceName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts two batches of changes that were not sent yet into one: of each thing, the later word. */
final class Batches {
    private Batches() {}

    static LiveSender.Batch merge(LiveSender.Batch earlier, LiveSender.Batch later) {
        Map<ServiceName, ServiceHealth> services = new LinkedHashMap<>();
        earlier.services().forEach(s -> services.put(s.service(), s));
        later.services().forEach(s -> services.put(s.service(), s));
        Map<InstanceId, PathHealth> paths = new LinkedHashMap<>();
        earlier.paths().forEach(p -> paths.put(p.gateway(), p));
        later.paths().forEach(p -> paths.put(p.gateway(), p));
        return new LiveSender.Batch(false, List.copyOf(services.values()), List.copyOf(paths.values()));
    }
}
