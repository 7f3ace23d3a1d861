package io.tombolo.model.authorization;

import static io.tombolo.model.authorization.Policies.HTTP;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.authorization.Policies.Asked;
import io.tombolo.model.name.SpiffeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What holds for every set of policies and every question. */
class AuthorizationLawsTest {
    private static final int SEEDS = Boolean.getBoolean("tombolo.deep") ? 200_000 : 4_000;

    private interface Law {
        void holds(int seed, Random random, List<AuthorizationPolicy> policies, SpiffeId caller, Asked request);
    }

    private static void check(Law law) {
        for (int seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            law.holds(seed, random, Policies.some(random), Policies.caller(random), Policies.request(random));
        }
    }

    private static boolean allows(List<AuthorizationPolicy> policies, Question asked) {
        return AuthorizationTable.of(policies, HTTP).decide(asked).allows();
    }

    private static List<AuthorizationPolicy> with(List<AuthorizationPolicy> policies, AuthorizationPolicy more) {
        var all = new ArrayList<>(policies);
        all.add(more);
        return all;
    }

    private static AuthorizationPolicy as(AuthorizationPolicy policy, Action action, Mode mode) {
        return new AuthorizationPolicy(policy.name(), policy.target(), action, mode, policy.rules());
    }

    @Test
    void oneMoreDenyNeverAllowsMore() {
        check((seed, random, policies, caller, request) -> {
            AuthorizationPolicy deny = as(Policies.one(random, "more"), Action.DENY, Mode.ENFORCE);
            if (allows(with(policies, deny), Policies.ask(caller, request))) {
                assertThat(allows(policies, Policies.ask(caller, request)))
                        .as("seed %s", seed)
                        .isTrue();
            }
        });
    }

    @Test
    void oneMoreAllowOfALevelThatHasOneNeverRefusesMore() {
        check((seed, random, policies, caller, request) -> {
            AuthorizationPolicy allow = as(Policies.one(random, "more"), Action.ALLOW, Mode.ENFORCE);
            boolean levelHasOne = policies.stream()
                    .anyMatch(policy -> policy.action() == Action.ALLOW
                            && policy.mode() == Mode.ENFORCE
                            && policy.level() == allow.level());
            if (levelHasOne && allows(policies, Policies.ask(caller, request))) {
                assertThat(allows(with(policies, allow), Policies.ask(caller, request)))
                        .as("seed %s", seed)
                        .isTrue();
            }
        });
    }

    @Test
    void theOrderOfPoliciesNeverMatters() {
        check((seed, random, policies, caller, request) -> {
            var shuffled = new ArrayList<>(policies);
            Collections.shuffle(shuffled, random);
            var one = AuthorizationTable.of(policies, HTTP);
            var other = AuthorizationTable.of(shuffled, HTTP);
            assertThat(other.decide(Policies.ask(caller, request)))
                    .as("seed %s", seed)
                    .isEqualTo(one.decide(Policies.ask(caller, request)));
            assertThat(other.audit(Policies.ask(caller, request)))
                    .as("seed %s", seed)
                    .isEqualTo(one.audit(Policies.ask(caller, request)));
        });
    }

    @Test
    void anAuditedPolicyNeverChangesAVerdictAndTellsWhatEnforcingWouldDo() {
        check((seed, random, policies, caller, request) -> {
            AuthorizationPolicy more = Policies.one(random, "more");
            List<AuthorizationPolicy> audited = with(policies, as(more, more.action(), Mode.AUDIT));
            assertThat(AuthorizationTable.of(audited, HTTP).decide(Policies.ask(caller, request)))
                    .as("seed %s", seed)
                    .isEqualTo(AuthorizationTable.of(policies, HTTP).decide(Policies.ask(caller, request)));
            List<AuthorizationPolicy> enforced = audited.stream()
                    .map(policy -> as(policy, policy.action(), Mode.ENFORCE))
                    .toList();
            assertThat(AuthorizationTable.of(audited, HTTP).audit(Policies.ask(caller, request)))
                    .as("seed %s", seed)
                    .contains(AuthorizationTable.of(enforced, HTTP).decide(Policies.ask(caller, request)));
        });
    }

    /** What cannot be told counts against the caller: who is let in without saying anything may say anything. */
    @Test
    void whoIsLetInOverTcpOrWithAnUnclearPathWouldBeLetInWithEveryRequestOrPath() {
        check((seed, random, policies, caller, request) -> {
            if (allows(policies, Policies.tcp(caller))) {
                assertThat(allows(policies, Policies.ask(caller, request)))
                        .as("seed %s", seed)
                        .isTrue();
            }
            var unclear = new Asked(request.method(), "/x/%2e%2e/y", request.said());
            if (allows(policies, Policies.ask(caller, unclear))) {
                assertThat(allows(policies, Policies.ask(caller, request)))
                        .as("seed %s", seed)
                        .isTrue();
            }
        });
    }

    /** What a gateway asks that hands connections on: it never keeps away a request that the destination would let in. */
    @Test
    void whoCouldBeAllowedNothingIsAllowedNoRequest() {
        var kept = new AtomicInteger();
        check((seed, random, policies, caller, request) -> {
            var table = AuthorizationTable.of(policies, HTTP);
            if (!table.couldAllow(Policies.tcp(caller))) {
                kept.incrementAndGet();
                assertThat(allows(policies, Policies.ask(caller, request)))
                        .as("seed %s", seed)
                        .isFalse();
            }
        });
        assertThat(kept).as("else this shows nothing").hasPositiveValue();
    }

    @Test
    void anEmptyTableNeverRefuses() {
        check((seed, random, policies, caller, request) -> {
            var table = AuthorizationTable.of(policies, HTTP);
            if (table.isEmpty()) {
                assertThat(table.decide(Policies.ask(caller, request)))
                        .as("seed %s", seed)
                        .isEqualTo(new Verdict.Unrestricted());
            }
        });
    }
}
