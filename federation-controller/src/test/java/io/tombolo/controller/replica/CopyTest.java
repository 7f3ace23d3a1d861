package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.tombolo.wire.replica.Complete;
import io.tombolo.wire.replica.Piece;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a follower tells of as written, when its disk does not take a change. */
class CopyTest {
    @TempDir
    private Path disk;

    /** "Written 2" would say that change 1 is here as well, and the leader would acknowledge it. */
    @Test
    void afterAChangeThatFailedNoneIsWritten() {
        // Given
        var copy = new Copy(disk);
        assertThatThrownBy(() -> copy.take(append(1, "gone.journal"))).isInstanceOf(RuntimeException.class);
        // Then
        assertThatThrownBy(() -> copy.take(replace(2, "a.state"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(
                        () -> copy.complete(Complete.newBuilder().setChange(3).build()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(disk.resolve("a.state")).doesNotExist();
        assertThat(Mark.of(disk)).isEqualTo(Mark.PART);
    }

    @Test
    void aNewConnectionTakesChangesAgain() {
        var failed = new Copy(disk);
        assertThatThrownBy(() -> failed.take(append(1, "gone.journal"))).isInstanceOf(RuntimeException.class);
        var next = new Copy(disk);
        assertThat(next.take(replace(1, "a.state"))).hasValue(1);
        next.complete(Complete.newBuilder().setChange(2).addPaths("a.state").build());
        assertThat(Mark.of(disk)).isEqualTo(Mark.FOLLOWED);
    }

    private static Piece append(long change, String path) {
        return Piece.newBuilder()
                .setChange(change)
                .setPath(path)
                .setKind(Piece.Kind.KIND_APPENDED)
                .setOffset(10)
                .setBytes(ByteString.copyFromUtf8("x"))
                .build();
    }

    private static Piece replace(long change, String path) {
        return Piece.newBuilder()
                .setChange(change)
                .setPath(path)
                .setKind(Piece.Kind.KIND_REPLACED)
                .setBytes(ByteString.copyFromUtf8("TMBO-----------"))
                .build();
    }
}
