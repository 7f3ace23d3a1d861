package io.tombolo.model.routing;

import io.tombolo.model.name.ServiceName;

/** Which services a failover rule is about; the more specific one counts. */
public sealed interface RuleScope {
    /** Whether it is about calls of {@code service}. */
    boolean includes(ServiceName service);

    /** The higher the more specific. */
    int rank();

    /** One service. */
    record Service(ServiceName name) implements RuleScope {
        @Override
        public boolean includes(ServiceName service) {
            return name.equals(service);
        }

        @Override
        public int rank() {
            return 3;
        }
    }

    /** All services of one namespace. */
    record Namespace(String namespace) implements RuleScope {
        @Override
        public boolean includes(ServiceName service) {
            return namespace.equals(service.namespace());
        }

        @Override
        public int rank() {
            return 2;
        }
    }

    /** All services that are called from one cluster. */
    record Cluster() implements RuleScope {
        @Override
        public boolean includes(ServiceName service) {
            return true;
        }

        @Override
        public int rank() {
            return 1;
        }
    }

    /** All services, from every member: an authority's. */
    record Federation() implements RuleScope {
        @Override
        public boolean includes(ServiceName service) {
            return true;
        }

        @Override
        public int rank() {
            return 0;
        }
    }
}
