package io.tombolo.terraform.schema;

import io.tombolo.model.name.Rfc1123;
import io.tombolo.terraform.cty.CtyValue;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What can be wrong with values of many attributes. */
public final class Checks {
    private static final int LONGEST_SHOWN = 80;

    private Checks() {}

    /** A name as RFC 1123 has it. */
    public static Check label() {
        return new Limited(
                new Limit.Label(),
                text(
                        Rfc1123::isLabel,
                        "must be a name of 1 to 63 lower-case letters, digits and '-', not beginning or ending with '-'"));
    }

    /** A whole number between two, both included. */
    public static Check between(long least, long most) {
        return new Limited(
                new Limit.Whole(least, most),
                value -> value instanceof CtyValue.Num(BigDecimal number)
                                && (number.stripTrailingZeros().scale() > 0
                                        || number.compareTo(BigDecimal.valueOf(least)) < 0
                                        || number.compareTo(BigDecimal.valueOf(most)) > 0)
                        ? Optional.of("must be a whole number, %d to %d; it is %s"
                                .formatted(least, most, cut(number.toPlainString())))
                        : Optional.empty());
    }

    /** One of some words. */
    public static Check oneOf(String... words) {
        List<String> known = List.of(words);
        return new Limited(new Limit.OneOf(known), text(known::contains, "must be one of " + String.join(", ", known)));
    }

    /** A duration between two, both included. */
    public static Check lasts(Duration least, Duration most) {
        return text(
                text -> Durations.parse(text)
                        .filter(length -> length.compareTo(least) >= 0 && length.compareTo(most) <= 0)
                        .isPresent(),
                "must be a duration such as 30s or 1m30s, " + Durations.text(least) + " to " + Durations.text(most));
    }

    /** At most so many values. */
    public static Check atMost(int most) {
        return new Limited(
                new Limit.Count(0, most),
                value -> size(value) > most
                        ? Optional.of("must not have more than " + most + "; it has " + size(value))
                        : Optional.empty());
    }

    /** So many values at least, and at most. */
    public static Check count(int least, int most) {
        return new Limited(
                new Limit.Count(least, most),
                value -> size(value) < least || size(value) > most
                        ? Optional.of("must have " + least + " to " + most + "; it has " + size(value))
                        : Optional.empty());
    }

    /** Each value of a list, a set or a map. */
    public static Check each(Check check) {
        Check each = value -> switch (value) {
            case CtyValue.Items items -> first(items.values().stream().toList(), check);
            case CtyValue.Fields fields -> first(List.copyOf(fields.values().values()), check);
            default -> Optional.empty();
        };
        return check.limit()
                .<Check>map(limit -> new Limited(new Limit.Each(limit), each))
                .orElse(each);
    }

    /** A check that can be said as data too. */
    private record Limited(Limit said, Check check) implements Check {
        @Override
        public Optional<String> problem(CtyValue value) {
            return check.problem(value);
        }

        @Override
        public Optional<Limit> limit() {
            return Optional.of(said);
        }
    }

    /** A text of a form that {@code expected} describes, as in "must be …". */
    public static Check text(Predicate<String> fits, String expected) {
        return value -> value instanceof CtyValue.Text(String text) && !fits.test(text)
                ? Optional.of(expected + "; it is \"" + cut(text) + '"')
                : Optional.empty();
    }

    private static Optional<String> first(List<CtyValue> values, Check check) {
        return values.stream()
                .filter(CtyValue::isKnown)
                .flatMap(value -> check.problem(value).stream())
                .findFirst();
    }

    private static int size(CtyValue value) {
        return switch (value) {
            case CtyValue.Items items -> items.values().size();
            case CtyValue.Fields fields -> fields.values().size();
            default -> 0;
        };
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
