package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.SmallDisk;
import io.tombolo.it.actors.kube.ApiServer;
import io.tombolo.it.actors.kube.TwoReplicas;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** The disk of the controller that stands by is full: the other one goes on alone, and what that one lacks is never led by it. */
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Deep
class FullDiskOfTheSecondIT {
    /** Copies that fail are begun again after a pause of half a minute in the end. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private ApiServer api;
    private Federation federation;
    private TwoReplicas both;
    private SmallDisk disk;
    private RunningProgram first;
    private RunningProgram second;

    @BeforeAll
    void theSecondHasASmallDisk() throws IOException {
        api = ApiServer.start();
        federation = Federation.unlinked(Map.of());
        both = TwoReplicas.first(api, federation, "kube", "127.0.0.11");
        both.cluster().operator().founds("demo", federation.backbone().connectionFile());
        disk = SmallDisk.mount(federation.dir().resolve("kube").resolve(both.replica(1)), 8);
        second = both.starts(1);
        both.awaitsLease(0, "kube-1");
    }

    @AfterAll
    void end() {
        federation.close();
        both.close();
        api.close();
        if (disk != null) {
            disk.close();
        }
    }

    @Test
    @Order(1)
    void theLeaderGoesOnAloneAndSaysSo() {
        // When
        disk.fill();
        exports("while-full");
        // Then
        both.awaitsLease(0, "", PATIENCE);
        exports("alone");
        assertThat(kept("while-full")).contains("while-full");
    }

    @Test
    @Order(2)
    void theSecondDoesNotLeadWithoutWhatItLacks() {
        // When
        both.cluster().controller().kill();
        first = both.starts(0);
        // Then
        both.isLedBy(0, "");
        assertThat(second.lines()).noneMatch(line -> line.endsWith(" leads"));
        assertThat(second.isAlive()).isTrue();
        assertThat(kept("alone")).contains("alone");
    }

    @Test
    @Order(3)
    void withSpaceAgainItCatchesUpByItselfAndMayLead() {
        // When
        disk.free();
        // Then
        both.awaitsLease(0, "kube-1", PATIENCE);
        // When
        first.kill();
        // Then
        both.isLedBy(1, "");
        assertThat(kept("while-full")).contains("while-full");
        assertThat(kept("alone")).contains("alone");
    }

    private void exports(String name) {
        both.cluster().operator().exportsHttp("shop", name);
    }

    private String kept(String name) {
        return both.cluster().operator().keeps("shop", name);
    }
}
