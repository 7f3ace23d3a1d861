package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The endpoints of one cluster that may be picked now: ready, not ejected, reachable, not tried. */
record Candidates(Scene scene) {
    /**
     * One of them.
     * @param weight 1 to 10000, relative to its siblings
     */
    record Candidate(EndpointKey endpoint, int weight) {}

    List<Candidate> of(Source source) {
        return source.cluster().equals(scene.own().cluster()) ? local() : remote(source);
    }

    private List<Candidate> local() {
        var found = new ArrayList<Candidate>();
        for (LocalInstance instance :
                scene.config().local(scene.routed().service().service())) {
            if (instance.state() == InstanceState.READY
                    && instance.ports().contains(scene.routed().port().port())
                    && !instance.addresses().isEmpty()) {
                add(found, scene.own().cluster(), Optional.of(instance.instance()), instance.weight());
            }
        }
        return found;
    }

    /** Those that the other cluster names; when it names none, or not all, also whoever its gateway chooses. */
    private List<Candidate> remote(Source source) {
        var found = new ArrayList<Candidate>();
        Optional<ServiceHealth> health = source.health();
        for (RosterEntry entry : health.map(ServiceHealth::roster).orElse(List.of())) {
            if (entry.state() == InstanceState.READY) {
                add(found, source.cluster(), Optional.of(entry.instance()), entry.weight());
            }
        }
        boolean unnamed = health.isEmpty() || health.get().ready() > readyNamed(health.get());
        if (unnamed) {
            add(found, source.cluster(), Optional.empty(), 100);
        }
        return found;
    }

    /** How many ready instances a cluster names one by one. */
    static int readyNamed(ServiceHealth health) {
        return (int) health.roster().stream()
                .filter(entry -> entry.state() == InstanceState.READY)
                .count();
    }

    private void add(List<Candidate> found, ClusterId cluster, Optional<InstanceId> instance, int weight) {
        var endpoint = new EndpointKey(scene.routed().port(), cluster, instance);
        if (scene.isUsable(endpoint)) {
            found.add(new Candidate(endpoint, Math.max(1, weight)));
        }
    }
}
