package io.tombolo.model.name;

/**
 * One port of whom a call is for.
 * @param port 1 to 65535
 */
public record CalleePort(Callee callee, int port) {
    public CalleePort {
        PortNumber.check("" + callee, port);
    }

    /** That port of whoever of the service can answer. */
    public static CalleePort anyone(ServicePort port) {
        return new Callee.Anyone(port.service()).at(port.port());
    }

    /** The same port, whoever answers. */
    public ServicePort servicePort() {
        return new ServicePort(callee.service(), port);
    }
}
