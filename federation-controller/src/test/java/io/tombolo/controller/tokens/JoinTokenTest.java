package io.tombolo.controller.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519Key;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JoinTokenTest {
    private static final ClusterId WEST = new ClusterId("west");
    private static final Instant START = Instant.parse("2026-11-23T10:00:00Z");
    private static final String JOINER = "a".repeat(64);
    private static final String THIEF = "b".repeat(64);

    private final JoinTokenRecord open = new JoinTokenRecord(
            TokenId.random(),
            WEST,
            Ed25519Key.generate().publicKey(),
            START,
            START.plus(Duration.ofMinutes(15)),
            Grant.DEFAULT,
            new JoinTokenState.Open());

    @Test
    void firstJoinerHoldsTheToken() {
        JoinTokenRecord claimed = open.claim(JOINER, WEST, 3, START);
        assertThat(claimed.state()).isEqualTo(new JoinTokenState.Redeeming(JOINER, 3, START));
    }

    @Test
    void sameJoinerGoesOnAfterAnInterruptionEvenWhenTheTokenExpiredMeanwhile() {
        JoinTokenRecord claimed = open.claim(JOINER, WEST, 3, START);
        assertThat(claimed.claim(JOINER, WEST, 3, START.plus(Duration.ofHours(1))))
                .isSameAs(claimed);
    }

    @Test
    void anotherJoinerIsRefusedWhileTheFirstOneIsAtIt() {
        refused(Fault.TOKEN_USED, open.claim(JOINER, WEST, 3, START), THIEF, WEST, START);
    }

    @Test
    void sameJoinerGetsTheSameAnswerForADay() {
        JoinTokenRecord done = open.claim(JOINER, WEST, 3, START).done(START);
        assertThat(done.claim(JOINER, WEST, 3, START.plus(Duration.ofHours(24))))
                .isSameAs(done);
        refused(Fault.TOKEN_USED, done, JOINER, WEST, START.plus(Duration.ofHours(25)));
    }

    @Test
    void replayedByAnotherKeyItIsUsed() {
        refused(Fault.TOKEN_USED, open.claim(JOINER, WEST, 3, START).done(START), THIEF, WEST, START);
    }

    @Test
    void onceItsEpochIsOverItOpensNothingMoreNotEvenForItsOwnJoiner() {
        // Given
        JoinTokenRecord claimed = open.claim(JOINER, WEST, 2, START);
        // When, then: the cluster was put out, so that the next epoch would be another one
        refused(Fault.TOKEN_USED, claimed, JOINER, WEST, START);
        refused(Fault.TOKEN_USED, claimed.done(START), JOINER, WEST, START);
    }

    @Test
    void expiredItIsNotTaken() {
        refused(Fault.TOKEN_EXPIRED, open, JOINER, WEST, START.plus(Duration.ofMinutes(15)));
    }

    @Test
    void forAnotherNameItIsNotTaken() {
        refused(Fault.TOKEN_OTHER_CLUSTER, open, JOINER, new ClusterId("south"), START);
    }

    @Test
    void revokedItIsNotTaken() {
        refused(Fault.TOKEN_REVOKED, open.revoke(START), JOINER, WEST, START);
    }

    @Test
    void usedItCannotBeRevoked() {
        assertThatThrownBy(() -> open.claim(JOINER, WEST, 3, START).revoke(START))
                .hasMessageContaining("Evict the cluster instead");
    }

    private static void refused(Fault fault, JoinTokenRecord token, String joiner, ClusterId by, Instant now) {
        assertThatThrownBy(() -> token.claim(joiner, by, 3, now))
                .isInstanceOfSatisfying(
                        TomboloException.class, e -> assertThat(e.fault()).isEqualTo(fault));
    }
}
