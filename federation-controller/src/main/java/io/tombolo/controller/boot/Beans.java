package io.tombolo.controller.boot;

import io.quarkus.runtime.ShutdownEvent;
import io.tombolo.controller.api.Addresses;
import io.tombolo.controller.api.AuditTrail;
import io.tombolo.controller.api.Changes;
import io.tombolo.controller.api.ClientCertificates;
import io.tombolo.controller.api.FederatedLog;
import io.tombolo.controller.api.Surroundings;
import io.tombolo.controller.enrol.Drains;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.enrol.Registrations;
import io.tombolo.controller.enrol.SvidLife;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.failover.Decisions;
import io.tombolo.controller.failover.Evacuations;
import io.tombolo.controller.failover.FederationPolicies;
import io.tombolo.controller.failover.History;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.push.Sessions;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.tokens.AccessTokens;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.tokens.ProxyTokens;
import io.tombolo.controller.trust.ClusterCa;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Shows the rooms to the API, and ends them when Quarkus ends. */
@Singleton
public final class Beans {
    private static Rooms rooms() {
        return ControllerProgram.controller().rooms();
    }

    /** Here because the process is only kept until this has returned: a signal does not wait for the main thread. */
    void end(@Observes ShutdownEvent stopping) {
        ControllerProgram.controller().close();
    }

    @Produces
    @Singleton
    Surroundings surroundings() {
        return ControllerProgram.controller()::warnings;
    }

    @Produces
    @Singleton
    AccessTokens accessTokens() {
        return rooms().accessTokens();
    }

    @Produces
    @Singleton
    ClientCertificates clientCertificates() {
        return rooms().settings()
                .apiClientCa()
                .map(ca -> ClientCertificates.ofPem(ca.pem()))
                .orElseGet(() -> new ClientCertificates(List.of()));
    }

    @Produces
    @Singleton
    ClusterSettings cluster() {
        return rooms().settings().cluster();
    }

    @Produces
    @Singleton
    SvidLife svidLife() {
        return new SvidLife(rooms().settings().svidLife());
    }

    @Produces
    @Singleton
    CurrentMembership membership() {
        return rooms().membership();
    }

    @Produces
    @Singleton
    ClusterCa ca() {
        return rooms().ca();
    }

    @Produces
    @Singleton
    JoinTokens joinTokens() {
        return rooms().joinTokens();
    }

    @Produces
    @Singleton
    ProxyTokens proxyTokens() {
        return rooms().proxyTokens();
    }

    @Produces
    @Singleton
    AuditTrail audit() {
        return rooms().audit();
    }

    @Produces
    @Singleton
    ResourceStore store() {
        return rooms().store();
    }

    @Produces
    @Singleton
    Registrations registrations() {
        return rooms().registrations();
    }

    @Produces
    @Singleton
    Drains drains() {
        return rooms().drains();
    }

    @Produces
    @Singleton
    ProxyTable proxies() {
        return rooms().proxies();
    }

    @Produces
    @Singleton
    PathTable paths() {
        return rooms().paths();
    }

    @Produces
    @Singleton
    EndpointTable endpoints() {
        return rooms().endpoints();
    }

    @Produces
    @Singleton
    Evacuations evacuations() {
        return rooms().evacuations();
    }

    @Produces
    @Singleton
    FederationPolicies policies() {
        return rooms().policies();
    }

    @Produces
    @Singleton
    Decisions decisions() {
        return rooms().decisions();
    }

    @Produces
    @Singleton
    History history() {
        return rooms().history();
    }

    @Produces
    @Singleton
    Exporter exporter() {
        return rooms().exporter();
    }

    @Produces
    @Singleton
    Sessions sessions() {
        return rooms().sessions();
    }

    @Produces
    @Singleton
    Addresses addresses() {
        return new Addresses(
                rooms().proxiesAddress().toString(), rooms().enrolmentAddress().toString());
    }

    @Produces
    @Singleton
    Federation federation() {
        return ControllerProgram.controller().federation();
    }

    @Produces
    @Singleton
    Changes changes() {
        return ControllerProgram.controller();
    }

    @Produces
    @Singleton
    FederatedLog log() {
        return ControllerProgram.controller();
    }
}
