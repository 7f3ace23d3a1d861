package io.tombolo.controller.tokens;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Rfc1123;
import io.tombolo.model.name.SpiffeId;
import io.tombolo.model.name.TrustDomain;

/** What a proxy is; decided when its token was made, never by what it says. */
public sealed interface ProxyRole {
    /** The id that a proxy of this role gets. */
    SpiffeId idIn(TrustDomain trustDomain);

    /** The role of an account of Kubernetes, or of a file. @throws TomboloException RESERVED_IDENTITY; BAD_NAME */
    static ProxyRole of(String namespace, String account) {
        if (SpiffeId.isGateway(namespace, account)) {
            return new Gateway();
        }
        return SpiffeId.isNames(namespace, account) ? new Names() : new Workload(namespace, account);
    }

    /** A sidecar beside one workload. */
    record Workload(String namespace, String account) implements ProxyRole {
        public Workload {
            Rfc1123.label("namespace", namespace);
            Rfc1123.label("account", account);
            if (namespace.equals(SpiffeId.SYSTEM_NAMESPACE)) {
                throw new TomboloException(
                        Fault.RESERVED_IDENTITY,
                        "namespace " + namespace,
                        "no workload may have it",
                        "choose another namespace; gateways get `tombolo gateway token create`, or are the account gateway there");
            }
        }

        @Override
        public SpiffeId idIn(TrustDomain trustDomain) {
            return new SpiffeId(trustDomain, namespace, account);
        }
    }

    /** A gateway of this cluster. */
    record Gateway() implements ProxyRole {
        @Override
        public SpiffeId idIn(TrustDomain trustDomain) {
            return SpiffeId.gateway(trustDomain);
        }
    }

    /** What answers for the names of services in this cluster: it knows all of them, calls nobody and serves no application. */
    record Names() implements ProxyRole {
        @Override
        public SpiffeId idIn(TrustDomain trustDomain) {
            return SpiffeId.names(trustDomain);
        }
    }
}
