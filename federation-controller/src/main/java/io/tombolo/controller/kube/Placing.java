package io.tombolo.controller.kube;

import io.tombolo.model.catalog.ServiceAddresses;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * How imports get a place in the network of this cluster.
 * @param before    the addresses that were known when this controller last ran
 * @param told      hears all of them whenever they changed; may block for a moment
 * @param endpoints where services are
 */
public record Placing(
        List<ServiceAddresses> before, Consumer<Collection<ServiceAddresses>> told, EndpointNews endpoints) {
    public Placing {
        before = List.copyOf(before);
    }
}
