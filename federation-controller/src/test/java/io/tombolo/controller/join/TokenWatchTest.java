package io.tombolo.controller.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenWatchTest {
    private final List<String> tried = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean stranger = true;
    private @Nullable Fault refusedWith;

    @TempDir
    private Path dir;

    private Path file = Path.of("token");
    private TokenWatch watch = watching(file);

    private TokenWatch watching(Path path) {
        return new TokenWatch(Optional.of(path), () -> stranger, this::join, () -> now);
    }

    @BeforeEach
    void start() {
        file = dir.resolve("token");
        watch = watching(file);
    }

    /** A job that is over at once. */
    private Job join(String token) {
        tried.add(token);
        var job = new Job("job-" + tried.size());
        @Nullable Fault fault = refusedWith;
        job.run(() -> {
            if (fault != null) {
                throw new TomboloException(fault, "token", "it is not good", "get another");
            }
            stranger = false;
        });
        return job;
    }

    private void lies(String token) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(file, token + "\n");
        mode("r--r-----");
    }

    private void mode(String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private void looksAfter(Duration pause) {
        now = now.plus(pause);
        watch.look(file);
    }

    private void looks(int times) {
        for (int i = 0; i < times; i++) {
            looksAfter(Duration.ofSeconds(2));
        }
    }

    @Test
    void aTokenThatComesLaterIsTriedWhenItIsThere() throws IOException {
        looks(1);
        assertThat(watch.notice().orElseThrow()).contains("waits for a token", file.toString());
        // When
        lies("tmb1_a");
        looks(3);
        // Then
        assertThat(tried).containsExactly("tmb1_a");
        assertThat(watch.notice()).isEmpty();
    }

    @Test
    void aMemberAndWhoWasOneAreLeftAlone() throws IOException {
        stranger = false;
        lies("tmb1_a");
        looks(3);
        assertThat(tried).isEmpty();
        assertThat(watch.notice()).isEmpty();
    }

    @Test
    void anExpiredTokenIsTriedOnceAndSaysWhatToDo() throws IOException {
        refusedWith = Fault.TOKEN_EXPIRED;
        lies("tmb1_old");
        looks(500);
        assertThat(tried).containsExactly("tmb1_old");
        assertThat(watch.notice().orElseThrow()).contains("TB-4002", file.toString(), "tombolo token create");
    }

    @Test
    void anotherTokenInTheFileIsTriedAtOnce() throws IOException {
        refusedWith = Fault.TOKEN_EXPIRED;
        lies("tmb1_old");
        looks(2);
        // When
        refusedWith = null;
        lies("tmb1_new");
        looks(2);
        // Then
        assertThat(tried).containsExactly("tmb1_old", "tmb1_new");
        assertThat(watch.notice()).isEmpty();
    }

    @Test
    void anAuthorityThatDoesNotAnswerIsAskedAgainEverLater() throws IOException {
        refusedWith = Fault.TIMED_OUT;
        lies("tmb1_a");
        looks(60); // two minutes
        assertThat(tried).hasSizeBetween(4, 6);
        assertThat(watch.notice().orElseThrow()).contains("tried again by itself");
        // When
        refusedWith = null;
        looksAfter(Duration.ofSeconds(80));
        looks(1);
        // Then
        assertThat(watch.notice()).isEmpty();
    }

    @Test
    void aTokenThatEverybodyCanReadIsNotUsed() throws IOException {
        lies("tmb1_a");
        mode("r--r--r--");
        looks(3);
        assertThat(tried).isEmpty();
        assertThat(watch.notice().orElseThrow()).contains(Fault.FILE_TOO_OPEN.code());
        // When
        mode("r--------");
        looks(1);
        // Then: files are looked at again each time
        assertThat(tried).containsExactly("tmb1_a");
    }

    @Test
    void theTextOfTheTokenIsInNoNotice() throws IOException {
        refusedWith = Fault.TOKEN_USED;
        lies("tmb1_secret");
        looks(2);
        assertThat(watch.notice().orElseThrow()).doesNotContain("tmb1_secret");
    }
}
