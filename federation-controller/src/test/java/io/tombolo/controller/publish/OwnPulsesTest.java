package io.tombolo.controller.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.outbox.Outbox;
import io.tombolo.catalog.outbox.WriterFile;
import io.tombolo.controller.fixture.SmallFederation;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnPulsesTest {
    @TempDir
    private Path dir;

    /** Readers judge by the configured interval; pulses that come by another would look late or waste Kafka. */
    @Test
    void pulsesComeAsOftenAsFreshnessIsConfigured() {
        // Given
        var federation = new SmallFederation();
        var start = new WriterFile(dir.resolve("writer")).begin(1, 0, StartIds.next(new SecureRandom()));
        var settings = new FreshnessSettings(
                Duration.ofMillis(250),
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                Duration.ofHours(24));
        try (Outbox catalog = Outbox.open(dir.resolve("outbox"), Outbox.Keeping.ALL);
                Outbox audit = Outbox.open(dir.resolve("audit"), Outbox.Keeping.PENDING)) {
            var clock = InstantSource.system();
            var pen = new Pen(federation.west(), start);
            // When
            var pulses = new OwnPulses(
                    new OwnLog(pen, federation::members, catalog, clock),
                    new AuditChain(() -> pen, audit, clock),
                    federation::members,
                    settings);
            // Then
            assertThat(pulses.interval()).isEqualTo(Duration.ofMillis(250));
        }
    }
}
