package io.tombolo.terraform.mesh;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.resource.DataSource;
import io.tombolo.terraform.resource.EphemeralResource;
import io.tombolo.terraform.resource.ManagedResource;
import io.tombolo.terraform.resource.Provider;
import io.tombolo.terraform.resource.ProviderFunction;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The provider {@code tombolo}. */
public final class Tombolo implements Provider {
    private final Cluster cluster = new Cluster();
    private final ConnectionSettings settings;
    private final SortedMap<String, ManagedResource> resources = new TreeMap<>();
    private final SortedMap<String, DataSource> dataSources = new TreeMap<>();
    private final SortedMap<String, EphemeralResource> ephemerals = new TreeMap<>();
    private final SortedMap<String, ProviderFunction> functions = new TreeMap<>();

    /** @param environment where the configuration says nothing */
    public Tombolo(Map<String, String> environment) {
        this.settings = new ConnectionSettings(environment);
        resources.put("tombolo_service_export", new ApiObject(cluster, ServiceExports.kind()));
        resources.put("tombolo_failover_policy", new ApiObject(cluster, FailoverPolicies.kind()));
        resources.put("tombolo_http_route", new ApiObject(cluster, Routes.http()));
        resources.put("tombolo_grpc_route", new ApiObject(cluster, Routes.grpc()));
        resources.put("tombolo_traffic_policy", new ApiObject(cluster, TrafficPolicies.kind()));
        resources.put("tombolo_authorization_policy", new ApiObject(cluster, AuthorizationPolicies.kind()));
        resources.put("tombolo_evacuation", new EvacuationOrder(cluster));
        resources.put("tombolo_cluster", new Membership(cluster));
        ephemerals.put("tombolo_join_token", new JoinToken(cluster));
        dataSources.put("tombolo_clusters", new Clusters(cluster));
        dataSources.put("tombolo_services", new Services(cluster));
        dataSources.put("tombolo_route_explanation", new RouteExplanation(cluster));
        dataSources.put("tombolo_failover_simulation", new FailoverSimulation(cluster));
        dataSources.put("tombolo_trust_bundle", new TrustBundle(cluster));
        Functions.all().forEach(function -> functions.put(function.name(), function));
    }

    @Override
    public Schema schema() {
        return ConnectionSettings.SCHEMA;
    }

    @Override
    public SortedMap<String, ManagedResource> resources() {
        return resources;
    }

    @Override
    public SortedMap<String, DataSource> dataSources() {
        return dataSources;
    }

    @Override
    public SortedMap<String, EphemeralResource> ephemeralResources() {
        return ephemerals;
    }

    @Override
    public SortedMap<String, ProviderFunction> functions() {
        return functions;
    }

    @Override
    public List<Problem> problems(CtyValue.Fields config) {
        return ConnectionSettings.problems(config);
    }

    @Override
    public List<Problem> configure(CtyValue.Fields config) {
        var problems = new ArrayList<Problem>();
        Optional<Connection> connection = settings.connection(config, problems);
        cluster.connect(connection);
        return problems;
    }

    @Override
    public void stop() {
        cluster.stop();
    }
}
