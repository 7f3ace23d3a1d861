package io.tombolo.trustbundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts which fault stopped something. */
public final class Faults {
    private Faults() {}

    public static TomboloException assertRefused(Fault fault, ThrowingCallable action) {
        Throwable thrown = catchThrowable(action);
        assertThat(thrown).isInstanceOf(TomboloException.class);
        assertThat(((TomboloException) thrown).fault()).as(thrown.getMessage()).isEqualTo(fault);
        return (TomboloException) thrown;
    }

    /** The fault somewhere in the causes of {@code thrown}. */
    public static Fault faultBehind(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof TomboloException refused) {
                return refused.fault();
            }
        }
        throw new AssertionError("no fault behind it", thrown);
    }
}
