package io.tombolo.model.delegation;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Alpn;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.name.SpiffeId;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * What a caller signs, once per connection: that this gateway may speak for it there, about that, in this protocol.
 * @param gateway         id of the gateway that the caller's TLS connection proved
 * @param gatewayInstance which of its processes
 * @param target          the service port that is called, with cluster and federation; any instance
 * @param challenge       of the instance that will answer
 * @param spoken          what follows the delegation on the connection
 * @param expiresAt       by the caller's clock; at most {@link #LONGEST} ahead
 */
public record Delegation(
        SpiffeId gateway,
        InstanceId gatewayInstance,
        Sni.Service target,
        Challenge challenge,
        Alpn spoken,
        Instant expiresAt) {
    /** Nobody believes one that is to hold for longer. */
    public static final Duration LONGEST = Duration.ofMinutes(5);

    /** What callers write: clocks may be off by half of {@link #LONGEST} in either direction. */
    public static final Duration USUAL = LONGEST.dividedBy(2);

    /** What may be delegated: the application's traffic, and nothing of the mesh itself. */
    public static final Set<Alpn> SPOKEN = Set.of(Alpn.H2, Alpn.HTTP_1_1, Alpn.TOMBOLO_TCP);

    public Delegation {
        if (target.wanted() != Sni.Wanted.ANY || !SPOKEN.contains(spoken)) {
            throw new TomboloException(
                    Fault.BAD_DELEGATION,
                    "delegation",
                    "it names no service port, or speaks what cannot be delegated",
                    "compare `tombolo version`");
        }
    }
}
