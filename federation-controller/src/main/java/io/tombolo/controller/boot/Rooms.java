package io.tombolo.controller.boot;

import io.tombolo.controller.api.AuditTrail;
import io.tombolo.controller.enrol.KnownProxies;
import io.tombolo.controller.enrol.ProxyTable;
import io.tombolo.controller.enrol.Registrations;
import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.health.EndpointTable;
import io.tombolo.controller.health.PathTable;
import io.tombolo.controller.identity.CurrentMembership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.controller.push.Sessions;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.tokens.AccessTokens;
import io.tombolo.controller.tokens.JoinTokens;
import io.tombolo.controller.tokens.ProxyTokens;
import io.tombolo.controller.trust.ClusterCa;
import io.tombolo.controller.trust.MeshCa;
import io.tombolo.model.catalog.HostPort;

/** What runs in this process whether it is a member or not, built before Quarkus starts. */
record Rooms(
        Settings settings,
        StateDirectory state,
        ClusterCa ca,
        MeshCa mesh,
        CurrentMembership membership,
        AccessTokens accessTokens,
        JoinTokens joinTokens,
        ProxyTokens proxyTokens,
        AuditTrail audit,
        ResourceStore store,
        Registrations registrations,
        ProxyTable proxies,
        KnownProxies knownProxies,
        PathTable paths,
        EndpointTable endpoints,
        Exporter exporter,
        Sessions sessions,
        Settling settling,
        HostPort proxiesAddress,
        HostPort enrolmentAddress) {}
