package io.tombolo.controller.api;

import io.tombolo.controller.exporting.Exporter;
import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.failover.FederationPolicies;
import io.tombolo.controller.identity.ClusterSettings;
import io.tombolo.controller.importing.CapacityConditions;
import io.tombolo.controller.importing.ExportConditions;
import io.tombolo.controller.importing.FailoverPolicies;
import io.tombolo.controller.importing.Federated;
import io.tombolo.controller.importing.Imports;
import io.tombolo.controller.importing.Policies;
import io.tombolo.controller.importing.RouteSurroundings;
import io.tombolo.controller.importing.Routes;
import io.tombolo.controller.importing.TrafficPolicies;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.subscribe.CatalogFeed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What became of resources, by all that is known now. Any thread; does not block. */
public final class ResourceStatus {
    private final ClusterSettings settings;
    private final FederatedLog log;
    private final Exporter exporter;
    private final FederationPolicies policies;

    public ResourceStatus(ClusterSettings settings, FederatedLog log, Exporter exporter, FederationPolicies policies) {
        this.settings = settings;
        this.log = log;
        this.exporter = exporter;
        this.policies = policies;
    }

    /** Empty where there is nothing to say. */
    public Optional<Status> of(StoredResource resource) {
        Stream<Status> ofRoute = LocalServices.route(resource)
                .map(route -> RouteStatus.of(
                        resource.generation(),
                        route,
                        log.imports()
                                .map(imports -> new RouteSurroundings(
                                        imports.all(),
                                        imports.exported(),
                                        exporter.current().grants()))));
        Stream<Status> ofPolicy = LocalServices.policy(resource)
                .map(policy -> said(resource, Policies.conditions(policy, exporter.current())));
        Stream<Status> ofTraffic = LocalServices.trafficPolicy(resource)
                .map(policy -> said(
                        resource,
                        TrafficPolicies.conditions(
                                policy, exporter.current(), log.imports().map(Imports::all), Instant.now())));
        Stream<Status> ofFailover = LocalServices.failoverRule(resource)
                .map(rule -> said(resource, FailoverPolicies.conditions(rule, exporter.current(), federated())));
        return Stream.of(ofRoute, ofPolicy, ofTraffic, ofFailover, ofExport(resource))
                .flatMap(Function.identity())
                .findFirst();
    }

    private Stream<Status> ofExport(StoredResource resource) {
        Stream<Routes.Condition> capacity =
                LocalServices.capacity(resource).map(said -> CapacityConditions.of(said, federated()));
        List<Routes.Condition> conditions = Stream.concat(
                        capacity, ExportConditions.conflict(resource, exporter, log.feed()).stream())
                .toList();
        return conditions.isEmpty() ? Stream.of() : Stream.of(said(resource, conditions));
    }

    private static Status said(StoredResource resource, List<Routes.Condition> conditions) {
        return new Status.OfPolicy(conditions.stream()
                .map(condition -> Status.Condition.of(condition, resource.generation()))
                .toList());
    }

    private Optional<Federated> federated() {
        return log.feed()
                .map(CatalogFeed::current)
                .flatMap(view ->
                        log.imports().map(imports -> Federated.of(view, settings, imports.all(), policies.read(view))));
    }
}
