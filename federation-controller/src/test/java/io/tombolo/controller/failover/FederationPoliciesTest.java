package io.tombolo.controller.failover;

import static io.tombolo.controller.failover.KnownFederation.NOON;
import static io.tombolo.controller.fixture.SmallFederation.EAST;
import static io.tombolo.controller.fixture.SmallFederation.SOUTH;
import static io.tombolo.controller.fixture.SmallFederation.WEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.routing.FailoverRule;
import io.tombolo.model.routing.RuleScope;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What west makes of what east, the authority, and others give to the federation. */
class FederationPoliciesTest {
    private static final String HOLD_5 = "{\"scope\": \"Federation\", \"hold\": \"5s\"}";
    private static final String FROM_TOMORROW = "{\"scope\": \"Federation\", \"hold\": \"6s\", \"weather\": \"fair\"}";

    @TempDir
    private Path dir;

    private final KnownFederation federation = new KnownFederation();
    private StateDirectory state;
    private FederationPolicies policies;

    @BeforeEach
    void begin() {
        state = StateDirectory.take(dir);
        policies = new FederationPolicies(state);
    }

    @AfterEach
    void end() {
        state.close();
    }

    private FederationReading read() {
        return policies.read(federation.viewOf(WEST));
    }

    private void restart() {
        policies.write();
        policies = new FederationPolicies(state);
    }

    @Test
    void anAuthoritysPolicyCountsAndNobodyElses() {
        // When
        federation.policy(EAST, "default", HOLD_5);
        federation.policy(SOUTH, "default", HOLD_5);
        // Then
        assertThat(read().given()).singleElement().satisfies(given -> {
            assertThat(given.by()).isEqualTo(EAST);
            assertThat(given.rule())
                    .returns(new ServiceName("tombolo-system", "default"), FailoverRule::name)
                    .returns(new RuleScope.Federation(), FailoverRule::scope)
                    .returns(NOON, FailoverRule::createdAt);
            assertThat(given.rule().policy().failback().hold()).isEqualTo(Duration.ofSeconds(5));
        });
        assertThat(policies.read(federation.viewOf(EAST))).isEqualTo(FederationReading.NONE);
    }

    @Test
    void theLastReadableVersionStaysInForceWhenTheNewestIsNotUnderstoodAlsoOverARestart() {
        // Given
        federation.policy(EAST, "default", HOLD_5);
        FederationReading before = read();
        // When
        federation.policy(EAST, "default", FROM_TOMORROW);
        // Then
        for (int starts = 0; starts < 2; starts++) {
            FederationReading now = read();
            assertThat(now.given()).isEqualTo(before.given());
            assertThat(now.unreadable()).singleElement().satisfies(one -> {
                assertThat(one.why().fault()).isEqualTo(Fault.POLICY_UNREADABLE);
                assertThat(one.text())
                        .contains("tombolo-system/default of east", "spec.weather", "stays in force")
                        .doesNotContain("6s");
            });
            restart();
        }
    }

    @Test
    void whatNeverCouldBeReadIsNamedAndNothingOfItCounts() {
        // When
        federation.policy(EAST, "default", FROM_TOMORROW);
        federation.policy(EAST, "other", "{\"scope\": \"Galaxy\"}");
        federation.policy(EAST, "third", "{\"scope\": \"Cluster\"}");
        // Then
        FederationReading now = read();
        assertThat(now.given()).isEmpty();
        assertThat(now.unreadable())
                .hasSize(3)
                .allSatisfy(one -> assertThat(one.text()).contains("Nothing of it is in force"));
    }

    @Test
    void aReadableVersionAgainReplacesTheOneThatWasKept() {
        // Given
        federation.policy(EAST, "default", HOLD_5);
        read();
        federation.policy(EAST, "default", FROM_TOMORROW);
        read();
        // When
        federation.policy(EAST, "default", "{\"scope\": \"Federation\", \"hold\": \"7s\"}");
        // Then
        assertThat(read().unreadable()).isEmpty();
        assertThat(read().rules().getFirst().policy().failback().hold()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whatItsAuthorTookBackIsGoneAlsoIfItsNewestVersionCouldNotBeRead() {
        // Given
        federation.policy(EAST, "default", HOLD_5);
        read();
        federation.policy(EAST, "default", FROM_TOMORROW);
        read();
        // When
        federation.policyGone(EAST, "default");
        // Then
        assertThat(read()).isEqualTo(FederationReading.NONE);
        federation.policy(EAST, "default", FROM_TOMORROW);
        restart();
        assertThat(read().given()).isEmpty();
    }
}
