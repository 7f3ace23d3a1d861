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
                        "choose another namespace; gateways get `tombolo gateway token create`");
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
}
