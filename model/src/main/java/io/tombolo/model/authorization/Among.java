package io.tombolo.model.authorization;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Values that something must be one of, and values that it must be none of.
 * @param in  empty = any
 * @param not counts more than {@code in}
 */
public record Among<T>(Set<T> in, Set<T> not) {
    /** Of each of the two. */
    public static final int MOST = 256;

    private static final Among<Object> ANY = new Among<>(Set.of(), Set.of());

    public Among {
        in = Set.copyOf(in);
        not = Set.copyOf(not);
        if (in.size() > MOST || not.size() > MOST) {
            throw PolicySyntax.bad("list", "", "write at most " + MOST + " values");
        }
    }

    public static <T> Among<T> of(List<T> in, List<T> not) {
        return new Among<>(new LinkedHashSet<>(in), new LinkedHashSet<>(not));
    }

    /** Says nothing. */
    @SuppressWarnings("unchecked") // it holds no value of any type
    public static <T> Among<T> any() {
        return (Among<T>) ANY;
    }

    public boolean isAny() {
        return in.isEmpty() && not.isEmpty();
    }

    boolean fits(T value) {
        return (in.isEmpty() || in.contains(value)) && !not.contains(value);
    }
}
