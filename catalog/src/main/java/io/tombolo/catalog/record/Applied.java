package io.tombolo.catalog.record;

import io.tombolo.model.fault.TomboloException;
import java.util.function.Supplier;

/**
 * A state after a record was looked at, and what was made of it.
 * @param state the same as before unless the verdict says that something changed
 */
public record Applied<S>(S state, Verdict verdict) {
    public static <S> Applied<S> changed(S state) {
        return new Applied<>(state, Verdict.CHANGED);
    }

    public static <S> Applied<S> known(S state) {
        return new Applied<>(state, Verdict.KNOWN);
    }

    /** Runs {@code step}; whatever fault it meets refuses the record and leaves {@code before}. */
    public static <S> Applied<S> orRefused(S before, Supplier<Applied<S>> step) {
        try {
            return step.get();
        } catch (TomboloException refused) {
            return new Applied<>(before, Verdict.refused(refused));
        }
    }
}
