package io.tombolo.dataplane.capture;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.Callee;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** The listeners of one virtual address. Not safe for threads: {@link Vips} sees to that. */
final class VipListeners {
    private final SortedMap<Integer, LocalListener> bound = new TreeMap<>();
    private final SortedMap<Integer, String> missing = new TreeMap<>();

    /**
     * Binds what is missing and closes what is not wanted any more; blocks for that.
     * @param wanted ports of the service; none = nothing could be connected to
     * @param bind   binds one, or throws
     */
    void follow(List<Integer> wanted, IntFunction<LocalListener> bind) {
        bound.entrySet().removeIf(entry -> {
            boolean gone = !wanted.contains(entry.getKey());
            if (gone) {
                entry.getValue().close();
            }
            return gone;
        });
        missing.clear();
        if (wanted.isEmpty()) {
            missing.put(0, "the service has no port");
        }
        for (int port : wanted) {
            if (!bound.containsKey(port)) {
                bindOne(port, bind);
            }
        }
    }

    private void bindOne(int port, IntFunction<LocalListener> bind) {
        try {
            bound.put(port, bind.apply(port));
        } catch (TomboloException no) {
            missing.put(port, no.what() + "; " + no.fix());
        }
    }

    Vip shown(Callee callee, Inet4Address address) {
        return new Vip(callee, address, new ArrayList<>(bound.keySet()), missing);
    }

    int count() {
        return bound.size();
    }

    void close() {
        bound.values().forEach(LocalListener::close);
        bound.clear();
    }
}
