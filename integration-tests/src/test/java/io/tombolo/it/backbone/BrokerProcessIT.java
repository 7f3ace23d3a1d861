package io.tombolo.it.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.backbone.BackboneAdmin;
import io.tombolo.controller.backbone.Replication;
import io.tombolo.it.actors.Backbone;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The broker as a process: what it survives, and how it ends. */
@Execution(ExecutionMode.CONCURRENT)
class BrokerProcessIT {
    @SuppressWarnings("NullAway.Init")
    private Backbone backbone;

    @BeforeEach
    void start() {
        backbone = Backbone.start();
    }

    @AfterEach
    void end() {
        backbone.close();
    }

    @Test
    void acknowledgedRecordsSurviveAKilledBrokerWhichComesBackAtItsAddress() throws Exception {
        // Given
        String address = backbone.bootstrap();
        var east = Member.of(backbone, "demo", "east", 1);
        try (var admin = new BackboneAdmin(backbone.access().connection(), Replication.BROKER_DEFAULT)) {
            admin.ensureFounded(east.asMember());
        }
        try (var writer = east.writer()) {
            writer.initTransactions();
            Member.write(writer, east.catalog(), "k", "before");
            // When
            backbone.kill();
            backbone.startAgain();
            Member.write(writer, east.catalog(), "k", "after");
        }
        // Then
        assertThat(backbone.bootstrap()).isEqualTo(address);
        assertThat(east.reads(east.catalog())).containsExactly("before", "after");
    }

    @Test
    void aSignalEndsItWithinFiveSeconds() {
        // When
        long begin = System.nanoTime();
        int exit = backbone.stop();
        // Then
        assertThat(exit).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        assertThat(Files.exists(backbone.stateDir().resolve("ready"))).isFalse();
    }
}
