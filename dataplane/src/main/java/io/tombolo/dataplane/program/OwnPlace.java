package io.tombolo.dataplane.program;

import io.tombolo.dataplane.enrol.Identity;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.enrol.Role;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** What a program is to others: its role, and where they reach it. */
public final class OwnPlace {
    private OwnPlace() {}

    /**
     * Where others reach a listener; a wildcard one is reached at the machine's own address.
     * @param key the setting that says it instead
     * @throws TomboloException BAD_SETTING when the machine does not know its address
     */
    public static HostPort address(InetSocketAddress listening, String key) {
        InetAddress address = listening.getAddress();
        try {
            InetAddress shown = address.isAnyLocalAddress() ? InetAddress.getLocalHost() : address;
            return new HostPort(shown.getHostAddress(), listening.getPort());
        } catch (UnknownHostException nameless) {
            throw new TomboloException(
                    Fault.BAD_SETTING,
                    key,
                    "this machine does not know its own address",
                    "set " + key + " to host:port under which others reach this process",
                    nameless);
        }
    }

    /**
     * A gateway's identity is not a workload's, nor the other way round.
     * @throws TomboloException WORKLOAD_TOKEN_REFUSED
     */
    public static void demand(Role role, Identity identity) {
        if (identity.role() != role) {
            boolean gateway = role == Role.ROLE_GATEWAY;
            throw new TomboloException(
                    Fault.WORKLOAD_TOKEN_REFUSED,
                    "identity " + identity.svid().id(),
                    gateway ? "is a workload's, not a gateway's" : "is a gateway's, not a workload's",
                    "use `tombolo " + (gateway ? "gateway" : "workload")
                            + " token create`, and a state directory of its own");
        }
    }
}
