package io.tombolo.trustbundle.bundle;

import io.tombolo.model.name.TrustDomain;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The bundles that a process holds, at most one per trust domain. Immutable: a change makes a new set, which is then swapped
 * in as a whole. Roots are only ever handed out for one trust domain; there is no way to get all of them at once.
 */
public final class BundleSet {
    private static final BundleSet EMPTY = new BundleSet(new TreeMap<>());

    private final SortedMap<TrustDomain, TrustBundle> bundles;

    private BundleSet(SortedMap<TrustDomain, TrustBundle> bundles) {
        this.bundles = Collections.unmodifiableSortedMap(bundles);
    }

    public static BundleSet empty() {
        return EMPTY;
    }

    /** A set of these bundles, as if added one after the other. */
    public static BundleSet of(Collection<TrustBundle> bundles) {
        BundleSet set = EMPTY;
        for (TrustBundle bundle : bundles) {
            set = set.with(bundle);
        }
        return set;
    }

    /**
     * The set with {@code bundle} in the place of its older version. The same bundle again changes nothing.
     * @throws io.tombolo.model.fault.TomboloException BAD_BUNDLE if its sequence is lower than that of the bundle held, or
     *     equal with other contents
     */
    public BundleSet with(TrustBundle bundle) {
        Optional<TrustBundle> held = find(bundle.trustDomain());
        if (held.isPresent() && !mayFollow(held.get(), bundle)) {
            return this;
        }
        var changed = new TreeMap<>(bundles);
        changed.put(bundle.trustDomain(), bundle);
        return new BundleSet(changed);
    }

    /** The set without a trust domain, as after an eviction: nobody of it is believed any more. */
    public BundleSet without(TrustDomain trustDomain) {
        var changed = new TreeMap<>(bundles);
        changed.remove(trustDomain);
        return new BundleSet(changed);
    }

    /** The bundle of exactly this trust domain. */
    public Optional<TrustBundle> find(TrustDomain trustDomain) {
        return Optional.ofNullable(bundles.get(trustDomain));
    }

    /** Which trust domains have a bundle here. */
    public SortedSet<TrustDomain> trustDomains() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(bundles.keySet()));
    }

    /** The sequences held, for acknowledgements and files. */
    public SortedMap<TrustDomain, Long> sequences() {
        var sequences = new TreeMap<TrustDomain, Long>();
        for (Map.Entry<TrustDomain, TrustBundle> entry : bundles.entrySet()) {
            sequences.put(entry.getKey(), entry.getValue().sequence());
        }
        return sequences;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BundleSet that && bundles.equals(that.bundles);
    }

    @Override
    public int hashCode() {
        return bundles.hashCode();
    }

    /** Trust domains and sequences. */
    @Override
    public String toString() {
        return "BundleSet " + sequences();
    }

    /** Whether {@code next} is newer; false if it is the same; refuses everything else. */
    private static boolean mayFollow(TrustBundle held, TrustBundle next) {
        if (next.sequence() < held.sequence()) {
            throw TrustBundle.bad(
                    next.trustDomain(),
                    "its sequence " + next.sequence() + " is below the " + held.sequence() + " held");
        }
        boolean same = Arrays.equals(held.toJwks(), next.toJwks());
        if (next.sequence() == held.sequence() && !same) {
            throw TrustBundle.bad(
                    next.trustDomain(), "its sequence " + next.sequence() + " was used before for another bundle");
        }
        return !same;
    }
}
