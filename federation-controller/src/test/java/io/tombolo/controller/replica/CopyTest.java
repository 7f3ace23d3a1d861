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
        assertThat(copy.isPart()).isTrue();
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
        assertThat(next.isPart()).isTrue();
        next.complete(Complete.newBuilder().setChange(2).addPaths("a.state").build());
        assertThat(next.isPart()).isFalse();
        assertThat(Mark.of(disk)).isEqualTo(Mark.FOLLOWED);
    }

    /** The first replica's disk is new and no lease is left: it leads with nothing, and what it lost is here alone. */
    @Test
    void aLeaderThatLostAllTakesTheLastCopyFromNobody() {
        // Given
        var before = new Copy(disk);
        before.take(replace(1, "membership.state"));
        before.take(replace(2, "registrations.state"));
        before.complete(Complete.newBuilder()
                .setChange(3)
                .addPaths("membership.state")
                .addPaths("registrations.state")
                .build());
        var copy = new Copy(disk);
        // When
        assertThatThrownBy(
                        () -> copy.complete(Complete.newBuilder().setChange(1).build()))
                .isInstanceOf(IllegalArgumentException.class);
        // Then
        assertThat(Copied.in(disk).names()).containsExactly("membership.state", "registrations.state");
        assertThat(Mark.of(disk)).isEqualTo(Mark.PART);
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
