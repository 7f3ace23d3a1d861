package io.tombolo.controller.tokens;

import io.tombolo.controller.tokens.JoinTokenState.Done;
import io.tombolo.controller.tokens.JoinTokenState.Open;
import io.tombolo.controller.tokens.JoinTokenState.Redeeming;
import io.tombolo.controller.tokens.JoinTokenState.Revoked;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.time.Instant;

/** What an authority keeps of one join token, and the decisions about it. Immutable. */
public record JoinTokenRecord(
        TokenId id,
        ClusterId cluster,
        Ed25519PublicKey key,
        Instant createdAt,
        Instant expiresAt,
        Grant grant,
        JoinTokenState state) {
    /**
     * The token in the hand of {@code joiner}.
     * @param epoch the cluster's present epoch if it is a member with this joiner's keys, else the one that would begin now
     * @return this very object if that joiner has it already; else a changed one, to be stored before anything else is done
     * @throws TomboloException TOKEN_REVOKED, TOKEN_EXPIRED, TOKEN_USED, TOKEN_OTHER_CLUSTER
     */
    public JoinTokenRecord claim(String joiner, ClusterId by, long epoch, Instant now) {
        if (!by.equals(cluster)) {
            throw refused(
                    Fault.TOKEN_OTHER_CLUSTER,
                    "it is for cluster " + cluster + ", not " + by,
                    "start the controller with that name, or create a token for " + by);
        }
        return switch (state) {
            case Open _
            when !now.isBefore(expiresAt) ->
                throw refused(Fault.TOKEN_EXPIRED, "it expired at " + expiresAt, "create a new one");
            case Open _ -> with(new Redeeming(joiner, epoch, now));
            case Redeeming held -> keptBy(held.joiner(), held.epoch(), joiner, epoch);
            case Done done
            when now.isAfter(done.at().plus(JoinTokenState.REPEATABLE)) ->
                throw used("it was redeemed at " + done.at());
            case Done done -> keptBy(done.joiner(), done.epoch(), joiner, epoch);
            case Revoked gone ->
                throw refused(Fault.TOKEN_REVOKED, "it was revoked at " + gone.at(), "create a new one");
        };
    }

    /** The joiner that holds it was admitted. */
    public JoinTokenRecord done(Instant now) {
        return switch (state) {
            case Redeeming held -> with(new Done(held.joiner(), held.epoch(), now));
            case Done _ -> this;
            case Open _, Revoked _ -> throw new IllegalStateException("only a claimed token can be done");
        };
    }

    /** @throws TomboloException CONFLICT if somebody holds it already */
    public JoinTokenRecord revoke(Instant now) {
        return switch (state) {
            case Open _ -> with(new Revoked(now));
            case Revoked _ -> this;
            case Redeeming _, Done _ ->
                throw refused(
                        Fault.CONFLICT, "it was used already", "evict the cluster instead: tombolo evict " + cluster);
        };
    }

    private JoinTokenRecord keptBy(String holder, long heldEpoch, String joiner, long epoch) {
        if (!holder.equals(joiner)) {
            throw used("another key redeemed it");
        }
        if (heldEpoch != epoch) {
            throw used("it admitted to epoch " + heldEpoch + ", which is over");
        }
        return this;
    }

    private JoinTokenRecord with(JoinTokenState next) {
        return new JoinTokenRecord(id, cluster, key, createdAt, expiresAt, grant, next);
    }

    private TomboloException used(String what) {
        return refused(Fault.TOKEN_USED, what, "if that was not you, evict " + cluster + " and create a new token");
    }

    private TomboloException refused(Fault fault, String what, String fix) {
        return new TomboloException(fault, "token " + id.hex(), what, fix);
    }
}
