package io.tombolo.catalog.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterFileTest {
    @TempDir
    Path dir;

    @Test
    void everyStartHasANewTermAndKnowsTheStartsBeforeIt() {
        // Given
        var first = new WriterFile(dir.resolve("writer")).begin(1, 0, id(1));
        // When
        var second = new WriterFile(dir.resolve("writer")).begin(1, 0, id(2));
        // Then
        assertThat(first.term()).isEqualTo(1);
        assertThat(second.term()).isEqualTo(2);
        assertThat(second.wasHere(id(1))).isTrue();
        assertThat(second.wasHere(id(9))).isFalse();
    }

    @Test
    void aNewEpochBeginsWithTermOneAndAKnownTermIsNeverUsedAgain() {
        var file = new WriterFile(dir.resolve("writer"));
        file.begin(1, 0, id(1));
        assertThat(file.begin(1, 7, id(2)).term()).isEqualTo(8);
        assertThat(file.begin(2, 0, id(3)).term()).isEqualTo(1);
    }

    private static ByteString id(int n) {
        return ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) n});
    }
}
