package io.tombolo.catalog;

/** How many cases a law is tried on. */
public final class Seeds {
    private static final int DEEPER = 20;

    private Seeds() {}

    /** {@code usual}, or 20 times as many with {@code -Pdeep}. */
    public static int upTo(int usual) {
        return Boolean.getBoolean("tombolo.deep") ? usual * DEEPER : usual;
    }
}
