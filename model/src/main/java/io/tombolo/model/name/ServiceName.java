package io.tombolo.model.name;

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
