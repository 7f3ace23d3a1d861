package io.tombolo.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDoorTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    @TempDir
    private Path dir;

    @Test
    void aWishEndsByItselfOrWhenItIsTakenBack() {
        // Given
        var door = DemoDoor.of(dir);
        door.open();
        // When
        door.ask("west", NOON.plusSeconds(30));
        // Then
        assertThat(door.wants("west", NOON)).isTrue();
        assertThat(door.wants("south", NOON)).isFalse();
        assertThat(door.wants("west", NOON.plusSeconds(30))).isFalse();
        // When
        door.askNoMore("west");
        // Then
        assertThat(door.wants("west", NOON)).isFalse();
    }

    @Test
    void whatCannotBeReadIsNoWish() throws IOException {
        var door = DemoDoor.of(dir);
        door.open();
        Files.writeString(dir.resolve("outages/west.until"), "soon");
        assertThat(door.wants("west", NOON)).isFalse();
    }

    @Test
    void withoutADemoNothingBegins() {
        assertThatThrownBy(() -> new DemoOutage(DemoDoor.of(dir), "west").begin(1_000))
                .hasMessageContaining("TB-2090")
                .hasMessageContaining("tombolo demo");
    }
}
