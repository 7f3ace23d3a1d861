package io.tombolo.controller.store;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A duration as Gateway API writes it (GEP-2257): {@code 10s}, {@code 1m30s}, {@code 250ms}. */
final class RouteDuration {
    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");
    private static final Pattern PART = Pattern.compile("([0-9]{1,5})(ms|h|m|s)");

    private RouteDuration() {}

    static Duration parse(String path, String text) {
        if (!WHOLE.matcher(text).matches()) {
            throw Fields.bad(path, "'" + text + "' is no duration", "write such as 10s, 1m30s or 250ms");
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            long number = Long.parseLong(part.group(1));
            sum = sum.plus(
                    switch (part.group(2)) {
                        case "h" -> Duration.ofHours(number);
                        case "m" -> Duration.ofMinutes(number);
                        case "s" -> Duration.ofSeconds(number);
                        default -> Duration.ofMillis(number);
                    });
        }
        return sum;
    }
}
