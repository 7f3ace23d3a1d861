package io.tombolo.controller.store;

import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.catalog.CapacityGrants;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.model.catalog.ExportMode;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ServiceTraits;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.name.Hostname;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.setting.Setting;
import io.tombolo.model.traffic.TrafficPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a resource says, checked. */
public sealed interface Spec {
    /** Says something about the service of the resource's own name. */
    sealed interface OfService extends Spec {
        /** Accounts of the resource's namespace that may answer for the service; at least one. */
        List<String> serverAccounts();

        /** Ports of the service; empty = those of live offers. */
        List<ExportedPort> ports();

        /** What requests may have for Host beside the service's own names. */
        Set<Hostname> hostnames();
    }

    /**
     * Of a {@code ServiceExport}.
     * @param consumers who may call; absent in YAML = anyone
     * @param affinity  {@code None} or {@code ClientIP}
     * @param capacity  empty = not said
     * @param traits    what else it says of itself
     */
    record Export(
            List<ExportedPort> ports,
            ExportMode mode,
            List<Consumer> consumers,
            List<String> serverAccounts,
            ServiceType type,
            String affinity,
            Map<String, String> labels,
            Map<String, String> annotations,
            Set<Hostname> hostnames,
            Optional<Capacity> capacity,
            ServiceTraits traits)
            implements OfService {}

    /**
     * What an exported service can take.
     * @param perInstance requests per second for a ready instance of weight 100, 1 to 1,000,000
     * @param grants      how much of it whom may plan with
     */
    record Capacity(int perInstance, CapacityGrants grants) {
        private static final int MOST = 1_000_000;
        private static final int USUAL_WEIGHT = 100;

        public Capacity {
            Setting.check(perInstance >= 1 && perInstance <= MOST, "perInstance", perInstance, "1 to " + MOST);
        }

        /** Of instances whose weights have that sum; rounded up, because 0 would mean that nobody says. */
        public long of(long weights) {
            return Math.ceilDiv(weights * perInstance, USUAL_WEIGHT);
        }
    }

    /** Of a {@code Service}. */
    record Local(
            List<ExportedPort> ports, List<String> serverAccounts, List<Endpoint> endpoints, Set<Hostname> hostnames)
            implements OfService {}

    /**
     * A workload without a sidecar.
     * @param host    an address or a name
     * @param targets service port to the port that it listens on
     */
    record Endpoint(String host, Map<Integer, Integer> targets, int weight, String zone) {}

    /** Of an {@code AuthorizationPolicy}. */
    record Authorization(AuthorizationPolicy policy) implements Spec {}

    /** Of a {@code ReferenceGrant}. */
    record Grant(ReferenceGrant grant) implements Spec {}

    /** Of a {@code TrafficPolicy}; when it was written is not its spec's to say. */
    record Traffic(TrafficPolicy policy) implements Spec {}

    /** Of a {@code FailoverPolicy}; when it was written is not its spec's to say. */
    record Failover(FailoverRule rule) implements Spec {}

    /** Of an {@code HTTPRoute} or {@code GRPCRoute}; its backends are as written, whether they are there or not. */
    record Route(HttpRoute.Kind kind, List<HttpRoute.Parent> parents, List<RouteRule> rules) implements Spec {}
}
