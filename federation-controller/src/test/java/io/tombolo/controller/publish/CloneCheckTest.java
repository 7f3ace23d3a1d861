package io.tombolo.controller.publish;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.outbox.WriterFile;
import io.tombolo.model.name.FederationId;
import io.tombolo.model.name.FederationName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CloneCheckTest {
    private static final ByteString MINE = ByteString.copyFromUtf8("start-of-this--1");
    private static final ByteString OTHERS = ByteString.copyFromUtf8("start-of-other-1");
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final MembersLog MEMBERS = MembersLog.of(new FederationId("0".repeat(64)));

    private final CloneCheck check =
            new CloneCheck(new WriterFile.Start(1, 2, MINE, List.of(MINE)), false, Duration.ofSeconds(3));

    @Test
    void itWaitsUntilEverythingIsReadAndTheWatchIsOver() {
        assertThat(check.decide(tail(false, MINE, OptionalLong.empty()), 0, 9 * SECOND))
                .isEqualTo(CloneCheck.Verdict.WAIT);
        assertThat(check.decide(tail(true, MINE, OptionalLong.empty()), 0, 2 * SECOND))
                .isEqualTo(CloneCheck.Verdict.WAIT);
        assertThat(check.decide(tail(true, MINE, OptionalLong.empty()), 0, 3 * SECOND))
                .isEqualTo(CloneCheck.Verdict.WRITE);
    }

    @Test
    void aStartThatThisStateNeverMadeIsSomebodyElses() {
        assertThat(check.decide(tail(true, OTHERS, OptionalLong.empty()), 0, 0)).isEqualTo(CloneCheck.Verdict.CLONED);
    }

    @Test
    void aPulseOfThisClusterDuringTheWatchIsSomebodyElsesAndAnOlderOneIsNot() {
        assertThat(check.decide(tail(true, MINE, OptionalLong.of(SECOND)), 0, 2 * SECOND))
                .isEqualTo(CloneCheck.Verdict.CLONED);
        assertThat(check.decide(tail(true, MINE, OptionalLong.of(-SECOND)), 0, 3 * SECOND))
                .isEqualTo(CloneCheck.Verdict.WRITE);
    }

    @Test
    void anEpochThatBeganInThisProcessHasNoCopy() {
        var fresh = new CloneCheck(new WriterFile.Start(1, 1, MINE, List.of(MINE)), true, Duration.ofSeconds(3));
        assertThat(fresh.decide(tail(false, OTHERS, OptionalLong.empty()), 0, 0))
                .isEqualTo(CloneCheck.Verdict.WRITE);
    }

    /** The last pulse of a leader that slept must not keep the next one from writing. */
    @Test
    void whereARecordSaysWhoLeadsNobodyIsWatchedForButAStrangersStartIsStillOne() {
        var settings = new WriterSettings(
                new FederationName("demo"), Path.of("state"), true, false, FreshnessSettings.DEFAULT);
        var leads = new CloneCheck(new WriterFile.Start(1, 2, MINE, List.of(MINE)), false, settings.watchFor(3));
        assertThat(leads.decide(tail(true, MINE, OptionalLong.of(-SECOND)), 0, 0))
                .isEqualTo(CloneCheck.Verdict.WRITE);
        assertThat(leads.decide(tail(false, MINE, OptionalLong.empty()), 0, 0)).isEqualTo(CloneCheck.Verdict.WAIT);
        assertThat(leads.decide(tail(true, OTHERS, OptionalLong.empty()), 0, 0)).isEqualTo(CloneCheck.Verdict.CLONED);
    }

    private static OwnTail tail(boolean caughtUp, ByteString startId, OptionalLong pulse) {
        return new OwnTail(caughtUp, Optional.of(startId), 1, pulse, MEMBERS);
    }
}
