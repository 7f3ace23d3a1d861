package io.tombolo.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.drill.DemoDoor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutagesTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final List<String> did = new ArrayList<>();

    /** Writes down what becomes of it. */
    private final class Written implements Outages.Mortal {
        @Override
        public String name() {
            return "west";
        }

        @Override
        public void die() {
            did.add("dies");
        }

        @Override
        public void comeBack() {
            did.add("comes back");
        }
    }

    @Test
    void aClusterDiesOnceAndComesBackWhenItsTimeIsOverAlthoughNobodyTookTheWishBack(@TempDir Path dir)
            throws IOException {
        // Given
        var door = DemoDoor.of(dir);
        door.open();
        var outages = new Outages(new Stage(), door, List.of(new Written()));
        outages.look(NOON);
        assertThat(did).isEmpty();
        // When
        Files.writeString(
                dir.resolve("outages/west.until"),
                Long.toString(NOON.plusSeconds(30).toEpochMilli()));
        outages.look(NOON);
        outages.look(NOON.plusSeconds(29));
        // Then
        assertThat(did).containsExactly("dies");
        assertThat(dir.resolve("outages/west.dead")).exists();
        // When
        outages.look(NOON.plusSeconds(30));
        outages.look(NOON.plusSeconds(31));
        // Then
        assertThat(did).containsExactly("dies", "comes back");
        assertThat(dir.resolve("outages/west.dead")).doesNotExist();
    }
}
