package io.tombolo.model.catalog;

/** How current what an origin said is; decided by its pulses, never by a clock it names. */
public enum Freshness {
    FRESH,
    /** Three pulses missed; still used. */
    STALE,
    /** Its lease is over: last tier, unless the policy says drop. */
    EXPIRED
}
