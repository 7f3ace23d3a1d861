package io.tombolo.terraform.schema;

import io.tombolo.terraform.cty.CtyValue;
import java.time.Duration;
import java.util.Optional;

/** When two values of an attribute mean the same, so that one in place of the other is no change. */
public enum Likeness {
    EQUAL {
        @Override
        public boolean alike(CtyValue one, CtyValue other) {
            return one.equals(other);
        }
    },
    /** {@code 60s} is {@code 1m}. */
    DURATION {
        @Override
        public boolean alike(CtyValue one, CtyValue other) {
            Optional<Duration> length = length(one);
            return one.equals(other) || length.isPresent() && length.equals(length(other));
        }
    },
    /** No order, as of a set. */
    UNORDERED {
        @Override
        public boolean alike(CtyValue one, CtyValue other) {
            return one instanceof CtyValue.Items ones
                    && other instanceof CtyValue.Items others
                    && ones.values().size() == others.values().size()
                    && java.util.Set.copyOf(ones.values()).equals(java.util.Set.copyOf(others.values()));
        }
    };

    /** Whether {@code one} can stand for {@code other}. */
    public abstract boolean alike(CtyValue one, CtyValue other);

    private static Optional<Duration> length(CtyValue value) {
        return value instanceof CtyValue.Text(String text) ? Durations.parse(text) : Optional.empty();
    }
}
