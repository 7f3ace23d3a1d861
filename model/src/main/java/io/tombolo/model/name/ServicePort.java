package io.tombolo.model.name;

/**
 * One port of one service: what a caller asks for.
 * @param service the service
 * @param port    1 to 65535
 */
public record ServicePort(ServiceName service, int port) implements Comparable<ServicePort> {
    public ServicePort {
        PortNumber.check("service " + service, port);
    }

    @Override
    public int compareTo(ServicePort other) {
        int byService = service.compareTo(other.service);
        return byService != 0 ? byService : Integer.compare(port, other.port);
    }

    /** {@code shop/checkout:80}. */
    @Override
    public String toString() {
        return service + ":" + port;
    }
}
