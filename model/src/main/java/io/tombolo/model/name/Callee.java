package io.tombolo.model.name;

/** Whom a call is for. */
public sealed interface Callee {
    /** What is called. */
    ServiceName service();

    /** One port of it. */
    default CalleePort at(int port) {
        return new CalleePort(this, port);
    }

    /** Whoever of the service can answer, in whichever cluster. */
    record Anyone(ServiceName service) implements Callee {
        /** {@code shop/mysql}. */
        @Override
        public String toString() {
            return service.toString();
        }
    }

    /** That instance of the service; nobody else when it is gone. */
    record One(ServiceName service, ClusterId cluster, InstanceId instance) implements Callee {
        /** {@code shop/mysql in west at i3k7vq2mzta4c}. */
        @Override
        public String toString() {
            return service + " in " + cluster + " at " + instance;
        }
    }
}
