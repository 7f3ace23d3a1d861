package io.tombolo.model.httproute;

import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.Optional;
import java.util.OptionalInt;

/** What a backend or a mirror of a rule is. Only {@link Port} gets requests: what an import is, is found out before. */
public sealed interface Referred {
    /** Where requests go; empty = nowhere, as far as this says. */
    default Optional<ServicePort> servicePort() {
        return Optional.empty();
    }

    /** A port of a service, whichever cluster answers. */
    record Port(ServicePort service) implements Referred {
        @Override
        public Optional<ServicePort> servicePort() {
            return Optional.of(service);
        }
    }

    /**
     * A {@code ServiceImport} as it is written.
     * @param port empty = its only one
     */
    record Import(ServiceName service, OptionalInt port) implements Referred {}

    /**
     * Something that no request can go to.
     * @param kind as it is written
     */
    record Stranger(String kind) implements Referred {}

    /** It is not there, or may not be used. */
    record Nowhere() implements Referred {}
}
