package io.tombolo.dataplane.feed;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.trustbundle.bundle.TrustBundle;
import io.tombolo.wire.codec.FeedEntry;

/** Reads the bundle inside an entry. */
final class BundleReader {
    private BundleReader() {}

    /** @throws TomboloException BAD_BUNDLE */
    static TrustBundle read(FeedEntry.Bundle entry) {
        TrustBundle bundle = TrustBundle.parse(entry.trustDomain(), entry.jwks().toByteArray());
        if (bundle.sequence() != entry.sequence()) {
            throw new TomboloException(
                    Fault.BAD_BUNDLE,
                    "trust bundle of " + entry.trustDomain(),
                    "says sequence " + bundle.sequence() + ", its entry says " + entry.sequence(),
                    "the bundle held before stays in use");
        }
        return bundle;
    }
}
