package io.tombolo.model.delegation;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import java.time.Instant;
import java.util.Set;

/**
 * What a verifier knows by itself of the connection on which a delegation came. Every part has to be the same.
 * @param gateway         the id that the gateway proved on this connection, or this gateway's own
 * @param gatewayInstance the same
 * @param target          the service port that this connection asked for
 * @param challenge       the one that was given out on this connection, and on no other
 * @param spoken          what is spoken on that port
 */
public record Here(
        SpiffeId gateway, InstanceId gatewayInstance, Sni.Service target, Challenge challenge, Set<Alpn> spoken) {
    public Here {
        spoken = Set.copyOf(spoken);
    }

    /**
     * Whether the delegation is for here and now. Says nothing of who made it.
     * @throws TomboloException DELEGATION_REFUSED, or DELEGATION_EXPIRED if nothing but the time is wrong
     */
    public void check(Delegation said, Instant now) {
        demand(said.gateway().equals(gateway), "gateway id");
        demand(said.gatewayInstance().equals(gatewayInstance), "gateway");
        demand(said.target().equals(target), "service");
        demand(said.challenge().instance().equals(challenge.instance()), "instance");
        demand(said.challenge().nonce().equals(challenge.nonce()), "challenge");
        demand(spoken.contains(said.spoken()), "protocol");
        if (!said.expiresAt().isAfter(now) || said.expiresAt().isAfter(now.plus(Delegation.LONGEST))) {
            throw new TomboloException(
                    Fault.DELEGATION_EXPIRED,
                    "delegation",
                    "it ends at " + said.expiresAt() + ", here it is " + now,
                    "compare the clocks of the two clusters");
        }
    }

    private static void demand(boolean same, String what) {
        if (!same) {
            throw new TomboloException(
                    Fault.DELEGATION_REFUSED,
                    "delegation",
                    "its " + what + " is another one",
                    "it was not made for this connection; find out who sent it");
        }
    }
}
