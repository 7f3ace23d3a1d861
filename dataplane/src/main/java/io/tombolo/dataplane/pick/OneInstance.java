package io.tombolo.dataplane.pick;

import io.tombolo.dataplane.outcome.EndpointKey;
import io.tombolo.model.catalog.ImportedService.Source;
import io.tombolo.model.catalog.InstanceState;
import io.tombolo.model.catalog.LocalInstance;
import io.tombolo.model.catalog.RosterEntry;
import io.tombolo.model.catalog.ServiceHealth;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/**
 * Whether a call that is for one instance may go there. One that goes away still answers who asks for exactly it, as at a gateway.
 * Of another cluster's only a whole roster says that an instance is gone: else its gateways are asked, which know.
 */
final class OneInstance {
    private OneInstance() {}

    static EndpointKey endpoint(Scene scene, Callee.One one) {
        return new EndpointKey(scene.routed().port(), one.cluster(), Optional.of(one.instance()));
    }

    /** The cluster that it is in; empty if it cannot be asked now. */
    static Optional<Source> source(Scene scene, Callee.One one) {
        return scene.tried().avoids(endpoint(scene, one), scene.again())
                ? Optional.empty()
                : scene.source(one.cluster()).filter(source -> mayAnswer(scene, source, one));
    }

    private static boolean mayAnswer(Scene scene, Source source, Callee.One one) {
        return one.cluster().equals(scene.own().cluster())
                ? scene.config()
                        .local(one.service(), one.instance())
                        .filter(instance -> answers(instance, scene.routed().port()))
                        .isPresent()
                : source.health().map(health -> mayAnswer(health, one)).orElse(true);
    }

    private static boolean answers(LocalInstance instance, ServicePort port) {
        return instance.state() != InstanceState.NOT_READY
                && instance.ports().contains(port.port())
                && !instance.addresses().isEmpty();
    }

    private static boolean mayAnswer(ServiceHealth health, Callee.One one) {
        return health.roster().stream()
                .filter(entry -> entry.instance().equals(one.instance()))
                .findFirst()
                .map(RosterEntry::state)
                .map(state -> state != InstanceState.NOT_READY)
                .orElse(!isWhole(health));
    }

    /** Whether everybody who can answer is named. */
    private static boolean isWhole(ServiceHealth health) {
        return health.ready() + health.draining() <= health.roster().size();
    }

    static TomboloException cannotAnswer(Scene scene, Callee.One one) {
        boolean there = scene.source(one.cluster())
                .filter(source -> mayAnswer(scene, source, one))
                .isPresent();
        return new TomboloException(
                Fault.NO_HEALTHY_ENDPOINT,
                "service " + scene.routed().port(),
                "instance " + one.instance() + " in " + one.cluster()
                        + (there ? " cannot be reached" : " is gone, or not ready")
                        + ", and the call is for nobody else",
                "ask for the service's name again, or see `tombolo explain`");
    }
}
