package io.tombolo.controller.replica;

/** What a leader says of itself in the record, by name. */
public final class Places {
    /** {@code host:port} of enrolment and feed of proxies, and of its followers. */
    public static final String PROXIES = "proxies";

    /** {@code host:port} of enrolment of clusters. */
    public static final String ENROLMENT = "enrolment";

    /** {@code host:port} where the API server asks for sidecars. */
    public static final String INJECTION = "injection";

    /** {@code host:port} of the REST API, unless it is for its own pod only. */
    public static final String API = "api";

    /** Hexadecimal digits: the key of the CA that its certificates end at. */
    public static final String CA_PIN = "ca-pin";

    private Places() {}
}
