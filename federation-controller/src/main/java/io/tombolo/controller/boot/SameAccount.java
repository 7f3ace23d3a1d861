package io.tombolo.controller.boot;

import io.tombolo.controller.kube.PodAccount;
import io.tombolo.controller.kube.TokenReviews;
import io.tombolo.controller.replica.ReplicaSettings;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes tokens of pods that have the service account of this one, by the API server's word for both. */
final class SameAccount implements Consumer<String> {
    private final TokenReviews reviews;
    private final ReplicaSettings replica;
    private volatile @Nullable PodAccount own;

    SameAccount(TokenReviews reviews, ReplicaSettings replica) {
        this.reviews = reviews;
        this.replica = replica;
    }

    /** @throws TomboloException REPLICA_REFUSED, WORKLOAD_TOKEN_REFUSED, KUBERNETES_UNREACHABLE */
    @Override
    public void accept(String token) {
        PodAccount other = reviews.pod(token);
        PodAccount mine = own();
        if (!mine.namespace().equals(other.namespace()) || !mine.account().equals(other.account())) {
            throw new TomboloException(
                    Fault.REPLICA_REFUSED,
                    "replica",
                    "its account " + other.namespace() + "/" + other.account() + " is not this controller's",
                    "run replicas of one controller by one service account, and nothing else by it");
        }
    }

    private PodAccount own() {
        @Nullable PodAccount known = own;
        if (known == null) {
            known = reviews.pod(replica.token());
            own = known;
        }
        return known;
    }
}
