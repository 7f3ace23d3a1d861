package io.tombolo.dataplane.limit;

import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that were used last, so many at most: what was not looked at for longest makes room. For one thread at a time. */
public final class LastUsed<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;
    private static final int FEW = 16;
    private static final float USUAL_LOAD = 0.75f;

    private final int most;

    /** @param most 0 or more */
    public LastUsed(int most) {
        super(FEW, USUAL_LOAD, true);
        this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > most;
    }
}
