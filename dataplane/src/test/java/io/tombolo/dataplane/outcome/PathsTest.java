package io.tombolo.dataplane.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.catalog.PathHealth;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.InstanceId;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PathsTest {
    private static final PathKey PATH = new PathKey(new ClusterId("west"), InstanceId.of(1));
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Paths paths = new Paths(new SplittableRandom(1));

    @Test
    void aSilentPathIsDownAndThatIsNewsOnce() {
        // Given
        paths.worked(PATH, 1_000);
        long version = paths.version();
        // When, then
        assertThat(paths.fellSilent(PATH, 0)).isTrue();
        assertThat(paths.fellSilent(PATH, SECOND)).isFalse();
        assertThat(paths.state(PATH)).isEqualTo(PathHealth.State.DOWN);
        assertThat(paths.isSilent(PATH)).isTrue();
        assertThat(paths.version()).isGreaterThan(version);
    }

    @Test
    void aPathThatOnlyRefusesIsNotSilent() {
        // When
        paths.failed(PATH);
        // Then
        assertThat(paths.state(PATH)).isEqualTo(PathHealth.State.DOWN);
        assertThat(paths.isSilent(PATH)).isFalse();
    }

    @Test
    void silenceIsCountedFromItsBeginningAndEndsWithTheFirstAnswer() {
        // Given
        paths.fellSilent(PATH, 0);
        // When, then
        assertThat(paths.isSilentFor(PATH, 10 * SECOND, 9 * SECOND)).isFalse();
        assertThat(paths.isSilentFor(PATH, 10 * SECOND, 10 * SECOND)).isTrue();
        // When
        paths.worked(PATH, 1_000);
        // Then
        assertThat(paths.isSilent(PATH)).isFalse();
        assertThat(paths.isSilentFor(PATH, 0, 20 * SECOND)).isFalse();
        // When
        paths.fellSilent(PATH, 30 * SECOND);
        // Then
        assertThat(paths.isSilentFor(PATH, 10 * SECOND, 35 * SECOND)).isFalse();
    }
}
