package io.tombolo.model.routing;

/** Divides an amount by weights without giving anybody more than its limit; what one cannot take, the others do. */
final class Filling {
    private static final double NOTHING = 1e-12;

    private Filling() {}

    /** @return by index, in sum at most {@code amount}; less only if everybody with a weight has its limit */
    static double[] of(double amount, double[] weights, double[] limits) {
        double[] filled = new double[weights.length];
        double left = amount;
        for (int turn = 0; turn <= weights.length && left > NOTHING; turn++) {
            double open = 0;
            for (int i = 0; i < weights.length; i++) {
                open += isOpen(filled[i], limits[i]) ? weights[i] : 0;
            }
            if (open == 0) {
                return filled;
            }
            double given = 0;
            for (int i = 0; i < weights.length; i++) {
                if (isOpen(filled[i], limits[i])) {
                    double more = Math.min(left * weights[i] / open, limits[i] - filled[i]);
                    filled[i] += more;
                    given += more;
                }
            }
            left -= given;
        }
        return filled;
    }

    private static boolean isOpen(double filled, double limit) {
        return limit - filled > NOTHING;
    }
}
