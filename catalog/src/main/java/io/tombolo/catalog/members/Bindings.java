package io.tombolo.catalog.members;

import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.Refusal;
import io.tombolo.catalog.record.SignedRecord;
import io.tombolo.model.catalog.MemberState;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is bound for ever: a cluster to its trust domain, a signing key to its (cluster, epoch). Also remembers the keys of
 * epochs that are over, as far as this process saw them.
 */
record Bindings(Map<Ed25519PublicKey, Owner> keys) {
    static final Bindings NONE = new Bindings(Map.of());

    record Owner(ClusterId cluster, long epoch) {}

    Bindings {
        keys = Map.copyOf(keys);
    }

    Bindings with(Payload.Member member) {
        Map<Ed25519PublicKey, Owner> next = new HashMap<>(keys);
        member.signingKeys().forEach(key -> next.putIfAbsent(key, new Owner(member.cluster(), member.epoch())));
        return new Bindings(next);
    }

    /** Refuses a member whose trust domain or key is someone else's. */
    void check(SignedRecord record, Payload.Member member, Iterable<MemberVersion> all) {
        for (MemberVersion other : all) {
            boolean sameCluster = other.member().cluster().equals(member.cluster());
            if (sameCluster != other.member().trustDomain().equals(member.trustDomain())) {
                throw bound(
                        record,
                        "trust domain " + member.trustDomain(),
                        other.member().cluster());
            }
        }
        var owner = new Owner(member.cluster(), member.epoch());
        for (Ed25519PublicKey key : member.signingKeys()) {
            if (!keys.getOrDefault(key, owner).equals(owner)) {
                throw bound(record, "key " + key, member.cluster());
            }
        }
    }

    /** Refuses a version that changes what an epoch was admitted with, or that revives one that is over. */
    static void checkFollows(SignedRecord record, Payload.Member next, Payload.Member before) {
        if (next.epoch() < before.epoch()) {
            throw Refusal.of(Fault.OLD_RECORD, "record " + record, "its epoch is over");
        }
        boolean sameEpoch = next.epoch() == before.epoch();
        if (sameEpoch) {
            checkKeys(record, next, before);
        }
        if (sameEpoch && before.state() != MemberState.ADMITTED && next.state() == MemberState.ADMITTED) {
            throw Refusal.of(Fault.OLD_RECORD, "record " + record, "an epoch that is over cannot be admitted again");
        }
        if (!sameEpoch && next.version() == before.version() + 1 && before.state() == MemberState.ADMITTED) {
            throw Refusal.of(Fault.FORKED_MEMBERS, "record " + record, "the epoch before has not ended");
        }
    }

    /**
     * Keys change while an epoch goes on, never at its end, and never all in one version: what the epoch before them said
     * must have time to be said again. Across a gap of versions nothing can be told.
     */
    private static void checkKeys(SignedRecord record, Payload.Member next, Payload.Member before) {
        Set<Ed25519PublicKey> keys = keysOf(next);
        if (next.version() != before.version() + 1 || keys.equals(keysOf(before))) {
            return;
        }
        if (next.state() != MemberState.ADMITTED || Collections.disjoint(keys, keysOf(before))) {
            throw Refusal.of(
                    Fault.KEYS_REPLACED,
                    "record " + record,
                    "it leaves none of the keys of version " + before.version() + ", or ends the epoch with others");
        }
    }

    /** The keys that a member had in its present epoch and has no more, as far as this process knows. */
    Set<Ed25519PublicKey> former(Payload.Member member) {
        var owner = new Owner(member.cluster(), member.epoch());
        Set<Ed25519PublicKey> all = new HashSet<>(keys.keySet());
        all.removeIf(key -> !owner.equals(keys.get(key)) || member.signingKeys().contains(key));
        return all;
    }

    /** What the own disk says of former keys of a member's present epoch. */
    Bindings remembering(Payload.Member member, Iterable<Ed25519PublicKey> former) {
        Map<Ed25519PublicKey, Owner> next = new HashMap<>(keys);
        former.forEach(key -> next.putIfAbsent(key, new Owner(member.cluster(), member.epoch())));
        return new Bindings(next);
    }

    private static Set<Ed25519PublicKey> keysOf(Payload.Member member) {
        return new HashSet<>(member.signingKeys());
    }

    private static TomboloException bound(SignedRecord record, String what, ClusterId cluster) {
        return Refusal.of(Fault.BOUND_ELSEWHERE, "record " + record, what + " is bound to another use of " + cluster);
    }
}
