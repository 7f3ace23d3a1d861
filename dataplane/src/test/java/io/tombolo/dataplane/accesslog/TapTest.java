package io.tombolo.dataplane.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.outcome.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who looks at entries as they come, and what they get. */
class TapTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Metrics metrics = new Metrics();
    private final AccessLog log = AccessLog.open(AccessLogSettings.OFF, Party.UNKNOWN, metrics);

    private static Access access(String service, String method, int status, Optional<Blame> blame) {
        return new Access(
                Instant.EPOCH,
                Duration.ofMillis(1),
                Access.Direction.OUTBOUND,
                Party.UNKNOWN,
                new Party("west", "shop", "", service, 80, "", "", ""),
                Optional.of(new Access.Http(method, "/cart?card=4711", status, -1, "")),
                0,
                0,
                "complete",
                blame,
                "",
                1,
                "",
                "");
    }

    private static Access fine(String service) {
        return access(service, "GET", 200, Optional.empty());
    }

    private static TapFilter filter(String key, String value) {
        return TapFilter.parse(Map.of(key, value));
    }

    private static boolean takes(String key, String value, Access access) {
        return filter(key, value).takes(access);
    }

    private Tap tap(TapFilter filter) {
        return log.taps().open(filter);
    }

    @Test
    void nothingIsMadeWhileNobodyLooks() {
        assertThat(log.isOn()).isFalse();
        Tap tap = tap(TapFilter.ANY);
        assertThat(log.isOn()).isTrue();
        tap.close();
        assertThat(log.isOn()).isFalse();
    }

    @Test
    void whoLooksGetsTheLinesOfTheLogWithoutQueries() {
        // Given
        Tap tap = tap(TapFilter.ANY);
        // When
        log.add(fine("checkout"));
        log.add(fine("cart"));
        // Then
        String lines = tap.take(0);
        assertThat(lines.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"time\":"));
        assertThat(lines)
                .contains("\"service\":\"checkout\"", "\"path\":\"/cart\"")
                .doesNotContain("4711");
        assertThat(tap.take(0)).isEmpty();
    }

    @Test
    void aFilterTakesWhatWasAskedFor() {
        Access failed = access("checkout", "POST", 503, Optional.of(Blame.APP));
        assertThat(takes("service", "checkout", failed)).isTrue();
        assertThat(takes("service", "checkout.shop", failed)).isTrue();
        assertThat(takes("service", "checkout.other", failed)).isFalse();
        assertThat(takes("method", "post", failed)).isTrue();
        assertThat(takes("method", "GET", failed)).isFalse();
        assertThat(takes("status", "503", failed)).isTrue();
        assertThat(takes("status", "5xx", failed)).isTrue();
        assertThat(takes("status", "4xx", failed)).isFalse();
        assertThat(takes("direction", "outbound", failed)).isTrue();
        assertThat(takes("direction", "inbound", failed)).isFalse();
        assertThat(takes("failed", "true", failed)).isTrue();
        assertThat(takes("failed", "true", fine("checkout"))).isFalse();
    }

    @Test
    void whatCannotBeAskedIsSaidSo() {
        for (Map<String, String> asked : List.of(
                Map.of("status", "6xx"),
                Map.of("status", "50"),
                Map.of("rate", "0"),
                Map.of("rate", "many"),
                Map.of("direction", "up"),
                Map.of("colour", "red"))) {
            assertThatThrownBy(() -> TapFilter.parse(asked))
                    .isInstanceOfSatisfying(
                            TomboloException.class,
                            refused -> assertThat(refused.fault()).isEqualTo(Fault.BAD_TAP_FILTER));
        }
    }

    @Test
    void moreThanTheRateIsCountedAndTheNextSecondBeginsAnew() {
        // Given
        Tap tap = tap(filter("rate", "3"));
        // When
        for (int i = 0; i < 10; i++) {
            log.add(fine("checkout"));
        }
        // Then
        assertThat(tap.take(0).lines()).hasSize(4).last().isEqualTo("{\"missed\":7}");
        log.add(fine("checkout"));
        assertThat(tap.take(SECOND - 1)).isEqualTo("{\"missed\":1}\n");
        log.add(fine("checkout"));
        assertThat(tap.take(SECOND).lines()).hasSize(1).first().asString().startsWith("{\"time\"");
        assertThat(metrics.counter("tombolo_tap_missed_total", "").value()).isEqualTo(8);
    }

    @Test
    void whoDoesNotTakeHoldsNothingUp() {
        // Given
        Tap tap = tap(filter("rate", "10000"));
        // When
        for (int i = 0; i < 3_000; i++) {
            log.add(fine("checkout"));
        }
        // Then
        assertThat(tap.take(0)).endsWith("{\"missed\":1976}\n");
    }

    @Test
    void thereAreOnlySoManyAtOnce() {
        // Given
        Tap first = tap(TapFilter.ANY);
        log.taps().limit(1);
        // Then
        assertThatThrownBy(() -> tap(TapFilter.ANY)).hasMessageContaining("TB-2060");
        first.close();
        tap(TapFilter.ANY).close();
    }
}
