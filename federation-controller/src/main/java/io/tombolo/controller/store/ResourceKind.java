package io.tombolo.controller.store;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds that users may write, each with the versions of it that are known. */
public enum ResourceKind {
    /** Makes a service available to the federation. */
    SERVICE_EXPORT("ServiceExport", "tombolo.io/v1"),
    /** Makes a service known inside its own cluster. */
    SERVICE("Service", "tombolo.io/v1"),
    /** Routes HTTP requests for services; Gateway API's. */
    HTTP_ROUTE("HTTPRoute", "gateway.networking.k8s.io/v1"),
    /** Routes calls of gRPC for services; Gateway API's. */
    GRPC_ROUTE("GRPCRoute", "gateway.networking.k8s.io/v1"),
    /** Lets routes of other namespaces lead to services of its own; Gateway API's, whose two versions are the same. */
    REFERENCE_GRANT("ReferenceGrant", "gateway.networking.k8s.io/v1", "gateway.networking.k8s.io/v1beta1"),
    /** Says who may do what with services of this cluster. */
    AUTHORIZATION_POLICY("AuthorizationPolicy", "tombolo.io/v1"),
    /** Says how calls of a service are spread, limited, tried again and disturbed. */
    TRAFFIC_POLICY("TrafficPolicy", "tombolo.io/v1"),
    /** Says how calls of a service are divided over clusters, and move between them. */
    FAILOVER_POLICY("FailoverPolicy", "tombolo.io/v1");

    private final String text;
    private final String apiVersion;
    private final Set<String> alsoKnown;

    ResourceKind(String text, String apiVersion, String... alsoKnown) {
        this.text = text;
        this.apiVersion = apiVersion;
        this.alsoKnown = Set.of(alsoKnown);
    }

    boolean isKnownAs(String version) {
        return version.equals(apiVersion) || alsoKnown.contains(version);
    }

    /** As in YAML. */
    public String apiVersion() {
        return apiVersion;
    }

    /** As in YAML. */
    public String text() {
        return text;
    }

    /** Such as {@code TrafficPolicies}. */
    public String plural() {
        return text.endsWith("y") ? text.substring(0, text.length() - 1) + "ies" : text + "s";
    }

    /** Reads it, in any case, singular or plural, as users type it. */
    public static ResourceKind parse(String where, String text) {
        for (ResourceKind kind : values()) {
            if (kind.text.equalsIgnoreCase(text) || kind.plural().equalsIgnoreCase(text)) {
                return kind;
            }
        }
        String known = Arrays.stream(values()).map(ResourceKind::text).collect(Collectors.joining(", "));
        throw new TomboloException(
                Fault.BAD_RESOURCE, where, "'" + text + "' is no kind of resource", "known kinds are " + known);
    }
}
