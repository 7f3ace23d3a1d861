package io.tombolo.dataplane.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaveFileTest {
    @TempDir
    private Path dir;

    @Test
    void whatIsAskedWhileTheProgramStartsCountsOnceItHasAndWhatAnEarlierRunWasAskedDoesNot() throws Exception {
        // Given what an earlier run was asked
        Files.createFile(dir.resolve("leave"));
        try (LeaveFile leave = LeaveFile.in(dir)) {
            assertThat(dir.resolve("leave")).doesNotExist();
            // When this one is asked before it listens
            Files.createFile(dir.resolve("leave"));
            var asked = new CountDownLatch(1);
            leave.watch(asked::countDown);
            // Then
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
