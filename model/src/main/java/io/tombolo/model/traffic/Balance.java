package io.tombolo.model.traffic;

/** Which instance of the chosen cluster answers a request. */
public sealed interface Balance {
    /** The sooner one of two that were drawn: by its latency (peak EWMA) times the requests it works on, over its weight. */
    record LeastRequest() implements Balance {}

    /** In turn, by weight. */
    record RoundRobin() implements Balance {}

    /** Drawn by weight. */
    record Random() implements Balance {}

    /**
     * The same one for the same key, whoever calls, as long as it is there. A request without the key goes by {@link
     * LeastRequest}.
     */
    record Hash(HashKey key) implements Balance {}

    /** What counts without a policy. */
    Balance DEFAULT = new LeastRequest();
}
