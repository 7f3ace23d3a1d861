package io.tombolo.terraform.mesh;

import static io.tombolo.terraform.mesh.Words.HOUR;
import static io.tombolo.terraform.mesh.Words.MINUTE;
import static io.tombolo.terraform.mesh.Words.ZERO;
import static io.tombolo.terraform.mesh.Words.duration;
import static io.tombolo.terraform.mesh.Words.number;
import static io.tombolo.terraform.mesh.Words.object;
import static io.tombolo.terraform.mesh.Words.requiredNumber;
import static io.tombolo.terraform.mesh.Words.requiredObject;
import static io.tombolo.terraform.mesh.Words.requiredText;
import static io.tombolo.terraform.mesh.Words.text;
import static io.tombolo.terraform.mesh.Words.truth;

import io.tombolo.terraform.cty.CtyType;
import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.schema.Attribute;
import io.tombolo.terraform.schema.Check;
import io.tombolo.terraform.schema.Checks;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** {@code tombolo_traffic_policy}. */
final class TrafficPolicies {
    private static final Duration TENTH = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final BigDecimal LEAST_PERCENT = new BigDecimal("0.01");
    private static final BigDecimal ALL = BigDecimal.valueOf(100);

    private TrafficPolicies() {}

    static Kind kind() {
        return Kind.of(
                Words.MESH,
                "TrafficPolicy",
                "traffic policy",
                "Says how calls of one service are spread, limited, tried again and disturbed, for the workloads of the cluster "
                        + "that call it; `rate_limit` is for its instances in the cluster.",
                requiredObject(
                        "target_ref",
                        "The service.",
                        text("kind", "`Service`.", Checks.oneOf("Service")),
                        requiredText("name", "A service of the policy's namespace.", Checks.label())),
                balance(),
                object(
                        "limits",
                        "What one sidecar has open at once.",
                        number("connections", 1, 100_000, "Connections."),
                        number("pending", 0, 100_000, "Requests that wait for a connection."),
                        number("requests", 1, 1_000_000, "Requests that are not answered yet."),
                        number("streams", 1, 100_000, "Streams on one HTTP/2 connection.")),
                object(
                        "retries",
                        "How many attempts after the first there may be.",
                        number("budget_percent", 0, 100, "Percent of the requests of the last interval."),
                        duration("interval", SECOND, Duration.ofMinutes(10), "What is counted."),
                        number("min_per_second", 0, 1_000, "So many a second in any case.")),
                object(
                        "ejection",
                        "When an instance is left alone.",
                        number("after", 1, 1_000, "Failures in a row."),
                        duration("base", TENTH, HOUR, "For how long at first; doubling."),
                        duration("longest", TENTH, HOUR, "For how long at most."),
                        number("max_percent", 0, 100, "Of how many instances at once.")),
                rateLimit(),
                faults());
    }

    private static Attribute balance() {
        return object(
                "balance",
                "Among instances.",
                text(
                        "by",
                        "`LeastRequest`, `RoundRobin`, `Random` or `Hash`. `LeastRequest` if nothing is said.",
                        Checks.oneOf("LeastRequest", "RoundRobin", "Random", "Hash")),
                object(
                        "hash",
                        "What `Hash` goes by; one of these.",
                        text("header", "A header."),
                        text("cookie", "A cookie."),
                        truth("source", "`true`: the calling instance.")),
                duration("slow_start", ZERO, HOUR, "How long a new instance gets less."));
    }

    private static Attribute rateLimit() {
        return object(
                "rate_limit",
                "What one instance takes.",
                requiredNumber("requests", 1, 1_000_000, "Requests in `per`."),
                duration("per", SECOND, HOUR, "`1s` if nothing is said."),
                number("burst", 1, 1_000_000, "At once, after a pause."),
                text(
                        "scope",
                        "`Instance`: everybody's together. `Caller`: those of each SPIFFE id.",
                        Checks.oneOf("Instance", "Caller")));
    }

    private static Attribute faults() {
        return object(
                "faults",
                "What goes wrong on purpose.",
                object(
                        "delay",
                        "Requests that wait.",
                        percent(),
                        duration("by", Duration.ofMillis(1), MINUTE, "How long.")),
                object(
                        "abort",
                        "Requests that are answered instead.",
                        percent(),
                        number("status", 400, 599, "With which status.")),
                requiredText(
                        "until",
                        "When this ends, such as `2026-12-01T10:00:00Z`.",
                        Checks.text(TrafficPolicies::isTime, "must be a time such as 2026-12-01T10:00:00Z")));
    }

    private static Attribute percent() {
        Check between = value -> value instanceof CtyValue.Num(BigDecimal number)
                        && (number.compareTo(LEAST_PERCENT) < 0 || number.compareTo(ALL) > 0)
                ? Optional.of("must be 0.01 to 100; it is " + number.toPlainString())
                : Optional.empty();
        return Attribute.required("percent", CtyType.Primitive.NUMBER, "Of the requests, 0.01 to 100.")
                .with(between);
    }

    private static boolean isTime(String text) {
        try {
            var _ = Instant.parse(text);
            return true;
        } catch (DateTimeParseException notOne) {
            return false;
        }
    }
}
