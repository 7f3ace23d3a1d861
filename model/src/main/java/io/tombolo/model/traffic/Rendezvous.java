package io.tombolo.model.traffic;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Highest random weight (Thaler and Ravishankar 1998; the weights as Schindelhauer and Schomaker 2005): everybody who knows the
 * same ones chooses the same one for a key, and when one goes only its own keys move. The same in every process and version.
 */
public final class Rendezvous {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private Rendezvous() {}

    /** A number for a text: FNV-1a over its UTF-16 units, mixed. */
    public static long hash(String text) {
        long hash = FNV_OFFSET;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /**
     * The one for {@code key}.
     * @param id     by which each is always known
     * @param weight its part of all keys; those with 0 or less get none
     * @return empty if nobody has a weight
     */
    public static <T> Optional<T> choose(long key, List<T> of, ToLongFunction<T> id, ToDoubleFunction<T> weight) {
        Optional<T> best = Optional.empty();
        double most = 0;
        for (T one : of) {
            double weighs = weight.applyAsDouble(one);
            double score = weighs > 0 ? weighs / -Math.log(unit(mix(key ^ id.applyAsLong(one)))) : 0;
            if (score > most) {
                most = score;
                best = Optional.of(one);
            }
        }
        return best;
    }

    /** In (0, 1). */
    private static double unit(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** The finalizer of SplitMix64: every bit of the input changes half of the output. */
    private static long mix(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
