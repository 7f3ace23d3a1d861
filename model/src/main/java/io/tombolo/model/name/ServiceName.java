package io.tombolo.model.name;

import java.util.Optional;

/**
 * A service by namespace and name; means the same in every cluster (namespace sameness, MCS API).
 * @param namespace RFC 1123 label
 * @param name      RFC 1123 label
 */
public record ServiceName(String namespace, String name) implements Comparable<ServiceName> {
    /** The domain under which every import is reached (MCS DNS specification). */
    public static final String CLUSTERSET_DOMAIN = "svc.clusterset.local";

    public ServiceName {
        Rfc1123.label("namespace", namespace);
        Rfc1123.label("service", name);
    }

    /**
     * Reads {@code checkout.shop}, {@code checkout.shop.svc.clusterset.local}, or {@code checkout} in {@code namespace}.
     * @throws io.tombolo.model.fault.TomboloException BAD_NAME if it is none of these
     */
    public static ServiceName parse(String text, String namespace) {
        String bare = text.endsWith("." + CLUSTERSET_DOMAIN)
                ? text.substring(0, text.length() - CLUSTERSET_DOMAIN.length() - 1)
                : text;
        int dot = bare.indexOf('.');
        return dot < 0
                ? new ServiceName(namespace, bare)
                : new ServiceName(bare.substring(dot + 1), bare.substring(0, dot));
    }

    /** The service that a DNS name is, {@code checkout.shop.svc.clusterset.local} in lower case without a final dot; empty = none. */
    public static Optional<ServiceName> ofClusterset(String host) {
        String suffix = "." + CLUSTERSET_DOMAIN;
        int dot = host.indexOf('.');
        int end = host.length() - suffix.length();
        if (!host.endsWith(suffix) || dot < 0 || dot >= end) {
            return Optional.empty();
        }
        String name = host.substring(0, dot);
        String namespace = host.substring(dot + 1, end);
        return Rfc1123.isLabel(name) && Rfc1123.isLabel(namespace)
                ? Optional.of(new ServiceName(namespace, name))
                : Optional.empty();
    }

    /** The DNS name: {@code checkout.shop.svc.clusterset.local}. */
    public String clustersetName() {
        return name + "." + namespace + "." + CLUSTERSET_DOMAIN;
    }

    @Override
    public int compareTo(ServiceName other) {
        int byNamespace = namespace.compareTo(other.namespace);
        return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
    }

    /** {@code shop/checkout}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
