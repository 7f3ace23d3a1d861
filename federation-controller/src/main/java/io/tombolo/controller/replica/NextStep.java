package io.tombolo.controller.replica;

import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What a replica that does not lead does next. Pure. */
sealed interface NextStep {
    Duration MOST_PAUSE = Duration.ofSeconds(30);

    /** Writes that it leads, and does if nobody wrote in between. */
    record Lead() implements NextStep {}

    /** Connects to the leader. */
    record Follow(String leader, HostPort address) implements NextStep {}

    /** Looks again soon. @param why for the log */
    record Wait(String why) implements NextStep {}

    /**
     * What a replica knows of itself.
     * @param mark     what its files are
     * @param complete whether it has all keys and certificates that it would need
     * @param silent   since it last heard of the leader, or started
     * @param refused  whether nothing listens any more where the leader did, and its host says so
     */
    record Facts(Mark mark, boolean complete, Duration silent, boolean refused) {
        private boolean isGone(ReplicaSettings own) {
            return refused || silent.compareTo(own.takeoverAfter()) >= 0;
        }
    }

    /** @param stands what the record says; empty: it was never written, or somebody deleted it */
    static NextStep of(ReplicaSettings own, Optional<LeaderClaim> stands, Facts facts) {
        if (stands.isEmpty()) {
            return facts.mark() == Mark.LED || (own.isFirst() && facts.mark() == Mark.NONE)
                    ? new Lead()
                    : new Wait("no lease says who leads; the replica that did makes it again");
        }
        LeaderClaim claim = stands.get();
        if (claim.leader().equals(own.name())) {
            return facts.mark() == Mark.LED || isByHand(own, claim, facts) ? new Lead() : new Wait(notTheDisk(claim));
        }
        boolean givenBack = claim.leader().isEmpty();
        boolean mayTakeOver =
                claim.inStep().filter(own.name()::equals).isPresent() && facts.mark() != Mark.PART && facts.complete();
        if (mayTakeOver && (givenBack || facts.isGone(own))) {
            return new Lead();
        }
        if (givenBack) {
            return facts.mark() == Mark.LED ? new Lead() : new Wait("nobody leads, and this replica has not all");
        }
        return whereToFollow(claim)
                .<NextStep>map(address -> new Follow(claim.leader(), address))
                .orElseGet(() -> new Wait(claim.leader() + " leads and does not say yet where it is"));
    }

    static Optional<HostPort> whereToFollow(LeaderClaim claim) {
        return Optional.ofNullable(claim.addresses().get(Places.PROXIES)).flatMap(NextStep::readable);
    }

    /** Empty for what nobody can connect to: a garbled word in the record is no reason not to take over. */
    private static Optional<HostPort> readable(String address) {
        try {
            return Optional.of(HostPort.parse(address));
        } catch (TomboloException garbled) {
            return Optional.empty();
        }
    }

    /** Where a replica that stands by hands connections on to: never to itself, which would hand them on again. */
    static Map<String, HostPort> handsOnTo(ReplicaSettings own, LeaderClaim claim) {
        var places = new HashMap<String, HostPort>();
        if (!claim.leader().equals(own.name())) {
            claim.addresses().forEach((place, address) -> {
                if (!place.equals(Places.CA_PIN)) {
                    readable(address).ifPresent(readable -> places.put(place, readable));
                }
            });
            places.values().removeIf(address -> address.host().equals(own.host()));
        }
        return places;
    }

    /** Before the next copy, when so many in a row were begun and came to no end. */
    static Duration pauseAfter(int failedCopies) {
        return Duration.ofSeconds(Math.min(MOST_PAUSE.toSeconds(), (1L << Math.min(failedCopies, 10)) - 1));
    }

    /** No replica names itself as in step: a person did, who knows that no other disk has more. */
    private static boolean isByHand(ReplicaSettings own, LeaderClaim claim, Facts facts) {
        return claim.inStep().filter(own.name()::equals).isPresent() && facts.complete();
    }

    private static String notTheDisk(LeaderClaim claim) {
        return "the lease says that this replica leads, and its disk is not the one that did; "
                + claim.inStep()
                        .filter(other -> !other.equals(claim.leader()))
                        .map(other -> other + " has all and takes over")
                        .orElse(
                                "restore that; or name the replica to go on with in the lease, both as spec.holderIdentity"
                                        + " and in tombolo.io/in-step");
    }
}
