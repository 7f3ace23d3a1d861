package io.tombolo.model.authorization;

import static io.tombolo.model.authorization.Policies.BATCH;
import static io.tombolo.model.authorization.Policies.HTTP;
import static io.tombolo.model.authorization.Policies.WEB;
import static io.tombolo.model.authorization.Policies.WEST_WEB;
import static io.tombolo.model.authorization.Policies.anything;
import static io.tombolo.model.authorization.Policies.ask;
import static io.tombolo.model.authorization.Policies.from;
import static io.tombolo.model.authorization.Policies.fromCluster;
import static io.tombolo.model.authorization.Policies.get;
import static io.tombolo.model.authorization.Policies.methods;
import static io.tombolo.model.authorization.Policies.notPaths;
import static io.tombolo.model.authorization.Policies.paths;
import static io.tombolo.model.authorization.Policies.policy;
import static io.tombolo.model.authorization.Policies.ports;
import static io.tombolo.model.authorization.Policies.tcp;
import static io.tombolo.model.authorization.Policies.to;
import static io.tombolo.model.authorization.Policies.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.authorization.Policies.Asked;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuthorizationTableTest {
    private static final AuthorizationPolicy ALLOW_WEB = policy("shop/web", Action.ALLOW, from(WEB.toString()));

    private static AuthorizationTable table(AuthorizationPolicy... policies) {
        return AuthorizationTable.of(List.of(policies), HTTP);
    }

    private static boolean allows(AuthorizationTable table, Question asked) {
        return table.decide(asked).allows();
    }

    @Test
    void withoutPoliciesNothingIsRestricted() {
        assertThat(table().decide(get(WEB, "/"))).isEqualTo(new Verdict.Unrestricted());
        assertThat(table().isEmpty()).isTrue();
    }

    @Test
    void anAllowLetsInWhomItNamesAndNobodyElseAndSaysWhichRule() {
        // Given
        AuthorizationTable table = table(ALLOW_WEB);
        // Then
        assertThat(table.decide(get(WEB, "/")))
                .isEqualTo(new Verdict.Allowed(new ServiceName("shop", "web"), Level.SERVICE, 1));
        assertThat(table.decide(get(BATCH, "/")).because())
                .isEqualTo("no rule of the Allow policies [shop/web] (service) fits");
        assertThat(allows(table, get(WEST_WEB, "/"))).isFalse();
    }

    @Test
    void anAllowWithoutRulesLetsNobodyIn() {
        assertThat(allows(table(policy("shop/none", Action.ALLOW)), get(WEB, "/")))
                .isFalse();
    }

    @Test
    void aDenyOfAnyLevelBeatsAnAllow() {
        for (String name : List.of("shop/deny", "tombolo-system/deny")) {
            AuthorizationPolicy deny = policy(
                    name, Optional.empty(), Action.DENY, Mode.ENFORCE, fromCluster("west"), from(WEB.toString()));
            // When
            Verdict verdict = table(ALLOW_WEB, deny).decide(get(WEB, "/"));
            // Then
            assertThat(verdict).isEqualTo(new Verdict.Denied(deny.name(), deny.level(), 2));
        }
    }

    @Test
    void theMostSpecificLevelWithAnAllowDecides() {
        // Given
        AuthorizationPolicy mesh = policy(
                "tombolo-system/all", Optional.empty(), Action.ALLOW, Mode.ENFORCE, from("spiffe://west.test/*"));
        AuthorizationPolicy namespace =
                policy("shop/all", Optional.empty(), Action.ALLOW, Mode.ENFORCE, from(BATCH.toString()));
        // Then
        assertThat(allows(table(mesh), get(WEST_WEB, "/"))).isTrue();
        assertThat(allows(table(mesh), get(WEB, "/"))).isFalse();
        assertThat(allows(table(mesh, namespace), get(BATCH, "/"))).isTrue();
        assertThat(allows(table(mesh, namespace), get(WEST_WEB, "/"))).isFalse();
        assertThat(allows(table(mesh, namespace, ALLOW_WEB), get(WEB, "/"))).isTrue();
        assertThat(allows(table(mesh, namespace, ALLOW_WEB), get(BATCH, "/"))).isFalse();
    }

    @Test
    void aDenyAloneRestrictsOnlyWhomItNames() {
        AuthorizationTable table = table(policy("shop/deny", Action.DENY, fromCluster("west")));
        assertThat(allows(table, get(WEST_WEB, "/"))).isFalse();
        assertThat(table.decide(get(WEB, "/"))).isEqualTo(new Verdict.Unrestricted());
    }

    @Test
    void policiesOfOtherServicesAndNamespacesHaveNoSay() {
        AuthorizationTable table = table(
                policy("shop/other", Optional.of("cart"), Action.DENY, Mode.ENFORCE, anything()),
                policy("office/other", Optional.of("checkout"), Action.DENY, Mode.ENFORCE, anything()),
                policy("office/all", Optional.empty(), Action.ALLOW, Mode.ENFORCE));
        assertThat(table.isEmpty()).isTrue();
        assertThat(allows(table, get(WEB, "/"))).isTrue();
    }

    @Test
    void portsAreThoseOfTheServiceThatIsCalled() {
        AuthorizationPolicy deny = policy("shop/deny", Action.DENY, to(ports(81)));
        assertThat(allows(table(deny), get(WEB, "/"))).isTrue();
        var other = AuthorizationTable.of(List.of(deny), new ServicePort(Policies.CHECKOUT, 81));
        assertThat(allows(other, get(WEB, "/"))).isFalse();
    }

    @Test
    void onTcpAnAllowWithHttpConditionsNeverFitsAndADenyWithThemFitsByTheRestOfIt() {
        for (AuthorizationRule rule : List.of(
                to(methods("GET")),
                to(paths("/public/*")),
                to(notPaths("/admin/*")),
                when(new HeaderMatch.Present("x-a", true)),
                when(new HeaderMatch.Present("x-a", false)))) {
            assertThat(allows(table(policy("shop/allow", Action.ALLOW, rule)), tcp(WEB)))
                    .isFalse();
            assertThat(allows(table(policy("shop/deny", Action.DENY, rule)), tcp(WEB)))
                    .isFalse();
            AuthorizationRule ofWest = new AuthorizationRule(fromCluster("west").from(), rule.to(), rule.when());
            assertThat(allows(table(policy("shop/deny", Action.DENY, ofWest)), tcp(WEB)))
                    .isTrue();
            assertThat(allows(table(policy("shop/deny", Action.DENY, ofWest)), tcp(WEST_WEB)))
                    .isFalse();
        }
        assertThat(allows(table(policy("shop/allow", Action.ALLOW, to(methods("GET"), ports(80)))), tcp(WEB)))
                .isTrue();
    }

    @Test
    void aPathThatCannotBeToldNeitherOpensAnAllowNorEscapesADeny() {
        for (String target : List.of("/public/../admin", "/public%2f..%2fadmin", "//admin", "/public/..;/admin", "*")) {
            assertThat(allows(table(policy("shop/a", Action.ALLOW, to(paths("/public/*")))), get(WEB, target)))
                    .isFalse();
            assertThat(allows(table(policy("shop/a", Action.ALLOW, to(notPaths("/admin/*")))), get(WEB, target)))
                    .isFalse();
            assertThat(allows(table(policy("shop/d", Action.DENY, to(paths("/admin/*")))), get(WEB, target)))
                    .isFalse();
            assertThat(allows(table(policy("shop/d", Action.DENY, to(notPaths("/public/*")))), get(WEB, target)))
                    .isFalse();
            // A rule that does not look at paths, or is for others, has no doubts.
            assertThat(allows(table(policy("shop/a", Action.ALLOW, to(methods("GET")))), get(WEB, target)))
                    .isTrue();
        }
    }

    @Test
    void pathsGoByWholePartsAndAFinalSlashMeansNothing() {
        AuthorizationTable below = table(policy("shop/a", Action.ALLOW, to(paths("/admin/*"))));
        for (String target : List.of("/admin", "/admin/", "/admin/x/y", "/%61dmin/x", "/admin?x=1")) {
            assertThat(allows(below, get(WEB, target))).as(target).isTrue();
        }
        for (String target : List.of("/administrator", "/", "/Admin", "/x/admin")) {
            assertThat(allows(below, get(WEB, target))).as(target).isFalse();
        }
        AuthorizationTable exact = table(policy("shop/a", Action.ALLOW, to(paths("/admin"))));
        assertThat(allows(exact, get(WEB, "/admin/"))).isTrue();
        assertThat(allows(exact, get(WEB, "/admin/x"))).isFalse();
        AuthorizationTable root = table(policy("shop/a", Action.ALLOW, to(paths("/"))));
        assertThat(allows(root, get(WEB, "/"))).isTrue();
        assertThat(allows(root, get(WEB, "/x"))).isFalse();
        assertThat(allows(table(policy("shop/a", Action.ALLOW, to(paths("/*")))), get(WEB, "/x/y")))
                .isTrue();
    }

    @Test
    void theCaseOfAMethodDoesNotCount() {
        AuthorizationTable table = table(policy("shop/d", Action.DENY, to(methods("delete"))));
        for (String method : List.of("DELETE", "delete", "Delete")) {
            assertThat(allows(table, ask(WEB, new Asked(method, "/", Map.of()))))
                    .isFalse();
        }
        assertThat(allows(table, get(WEB, "/"))).isTrue();
    }

    @Test
    void ofAHeaderThatIsSaidTwiceADenyTakesAnyValueAndAnAllowNone() {
        var isOne = new HeaderMatch.Exact("X-A", "1");
        AuthorizationTable allow = table(policy("shop/a", Action.ALLOW, when(isOne)));
        AuthorizationTable deny = table(policy("shop/d", Action.DENY, when(isOne)));
        for (List<String> said : List.of(List.of("1", "2"), List.of("2", "1"), List.of("2, 1"))) {
            Question asked = ask(WEB, new Asked("GET", "/", Map.of("x-a", said)));
            assertThat(allows(allow, asked)).as("%s", said).isFalse();
            assertThat(allows(deny, asked)).as("%s", said).isFalse();
        }
        Question once = ask(WEB, new Asked("GET", "/", Map.of("x-a", List.of("1"))));
        assertThat(allows(allow, once)).isTrue();
        assertThat(allows(deny, once)).isFalse();
        assertThat(allows(deny, get(WEB, "/"))).isTrue();
    }

    @Test
    void allPartsOfARuleMustFitAndOneOfEachList() {
        AuthorizationRule rule = new AuthorizationRule(
                List.of(
                        Policies.callers(List.of("spiffe://east.test/ns/shop/*"), List.of()),
                        Policies.callers(List.of("spiffe://west.test/*"), List.of(WEST_WEB.toString()))),
                List.of(methods("GET"), paths("/public/*")),
                List.of(new HeaderMatch.Present("x-a", false)));
        AuthorizationTable table = table(policy("shop/a", Action.ALLOW, rule));
        assertThat(allows(table, get(WEB, "/"))).isTrue();
        assertThat(allows(table, ask(WEB, new Asked("POST", "/public", Map.of()))))
                .isTrue();
        assertThat(allows(table, ask(WEB, new Asked("POST", "/", Map.of())))).isFalse();
        assertThat(allows(table, ask(WEB, new Asked("GET", "/", Map.of("x-a", List.of(""))))))
                .isFalse();
        assertThat(allows(table, get(BATCH, "/"))).isFalse();
        assertThat(allows(table, get(WEST_WEB, "/"))).isFalse();
    }

    @Test
    void anAuditedPolicyIsToldAndDoesNotCount() {
        // Given
        AuthorizationTable table =
                table(policy("shop/try", Optional.of("checkout"), Action.ALLOW, Mode.AUDIT, from(WEB.toString())));
        // Then
        assertThat(table.decide(get(BATCH, "/"))).isEqualTo(new Verdict.Unrestricted());
        assertThat(table.audit(get(BATCH, "/")))
                .contains(new Verdict.NotAllowed(Level.SERVICE, List.of(new ServiceName("shop", "try"))));
        assertThat(table.audit(get(WEB, "/")).orElseThrow().allows()).isTrue();
        assertThat(table.isEmpty()).isFalse();
        assertThat(table().audit(get(WEB, "/"))).isEmpty();
    }
}
