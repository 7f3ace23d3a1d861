package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.authorization.Among;
import io.tombolo.model.authorization.AuthorizationPolicy;
import io.tombolo.model.authorization.AuthorizationPolicy.Action;
import io.tombolo.model.authorization.AuthorizationPolicy.Mode;
import io.tombolo.model.authorization.AuthorizationRule;
import io.tombolo.model.authorization.CallerMatch;
import io.tombolo.model.authorization.HeaderMatch;
import io.tombolo.model.authorization.IdPattern;
import io.tombolo.model.authorization.Level;
import io.tombolo.model.authorization.PathPattern;
import io.tombolo.model.authorization.RequestMatch;
import io.tombolo.model.name.ClusterId;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.TrustDomain;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationReaderTest {
    private static final String HEAD =
            "apiVersion: tombolo.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: p, namespace: %s}\nspec:\n";

    private static AuthorizationPolicy read(String namespace, String spec) {
        return ((Spec.Authorization) ResourceReader.read(HEAD.formatted(namespace) + spec)
                        .getFirst()
                        .spec())
                .policy();
    }

    @Test
    void everyFieldIsRead() {
        String spec = """
                  targetRef: {kind: Service, name: checkout}
                  action: Deny
                  mode: Audit
                  rules:
                  - from:
                    - spiffeIds: ["spiffe://east.test/ns/shop/sa/web", "spiffe://east.test/ns/shop/*"]
                      notSpiffeIds: ["spiffe://west.test/*"]
                      trustDomains: [east.test]
                      notTrustDomains: [west.test]
                      namespaces: [shop]
                      notNamespaces: [office]
                      clusters: [east]
                      notClusters: [west]
                    to:
                    - ports: [80]
                      notPorts: [81]
                      methods: [GET]
                      notMethods: [DELETE]
                      paths: [/a, /b/*]
                      notPaths: [/b/c]
                    when:
                    - {header: X-A, value: "1"}
                    - {header: x-b, present: true}
                    - {header: x-c, present: false}
                  - {}
                """;
        // When
        AuthorizationPolicy policy = read("shop", spec);
        // Then
        assertThat(policy)
                .isEqualTo(new AuthorizationPolicy(
                        new ServiceName("shop", "p"),
                        Optional.of("checkout"),
                        Action.DENY,
                        Mode.AUDIT,
                        List.of(everything(), new AuthorizationRule(List.of(), List.of(), List.of()))));
    }

    private static AuthorizationRule everything() {
        var from = new CallerMatch(
                Among.of(
                        List.of(
                                IdPattern.parse("spiffe://east.test/ns/shop/sa/web"),
                                IdPattern.parse("spiffe://east.test/ns/shop/*")),
                        List.of(IdPattern.parse("spiffe://west.test/*"))),
                Among.of(List.of(new TrustDomain("east.test")), List.of(new TrustDomain("west.test"))),
                Among.of(List.of("shop"), List.of("office")),
                Among.of(List.of(new ClusterId("east")), List.of(new ClusterId("west"))));
        var to = new RequestMatch(
                Among.of(List.of(80), List.of(81)),
                Among.of(List.of("GET"), List.of("DELETE")),
                Among.of(
                        List.of(PathPattern.parse("/a"), PathPattern.parse("/b/*")),
                        List.of(PathPattern.parse("/b/c"))));
        List<HeaderMatch> when = List.of(
                new HeaderMatch.Exact("x-a", "1"),
                new HeaderMatch.Present("x-b", true),
                new HeaderMatch.Present("x-c", false));
        return new AuthorizationRule(List.of(from), List.of(to), when);
    }

    @Test
    void withoutTargetItIsTheDefaultOfItsNamespaceAndInTheSystemNamespaceOfTheMesh() {
        assertThat(read("shop", "  action: Allow\n").level()).isEqualTo(Level.NAMESPACE);
        assertThat(read("tombolo-system", "  action: Allow\n").level()).isEqualTo(Level.MESH);
        assertThat(read("shop", "  action: Allow\n").mode()).isEqualTo(Mode.ENFORCE);
    }

    /** Above all what would silently mean everybody, everything, or every service. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "action: Allow, selector: {} | .spec.selector",
                "rules: [{}] | .spec.action",
                "action: allow | .spec.action",
                "action: Log | .spec.action",
                "action: Allow, mode: audit | .spec.mode",
                "action: Allow, targetRef: | .spec.targetRef",
                "action: Allow, targetRef: {} | .spec.targetRef.name",
                "action: Allow, targetRef: {name: x, namespace: y} | .spec.targetRef.namespace",
                "action: Allow, targetRef: {kind: Pod, name: x} | .spec.targetRef.kind",
                "action: Allow, rules: [{form: []}] | .spec.rules[0].form",
                "action: Allow, rules: [{from: }] | .spec.rules[0].from",
                "action: Allow, rules: [{from: []}] | .spec.rules[0].from",
                "action: Allow, rules: [{from: [{}]}] | .spec.rules[0].from[0]",
                "action: Allow, rules: [{from: [{principals: [a]}]}] | .spec.rules[0].from[0].principals",
                "action: Allow, rules: [{from: [{spiffeIds: []}]}] | .spec.rules[0].from[0].spiffeIds",
                "action: Allow, rules: [{from: [{spiffeIds: ['*']}]}] | .spec.rules[0].from[0].spiffeIds[0]",
                "action: Allow, rules: [{from: [{clusters: [WEST]}]}] | .spec.rules[0].from[0].clusters[0]",
                "action: Allow, rules: [{from: [{namespaces: ['*']}]}] | .spec.rules[0].from[0]",
                "action: Allow, rules: [{to: }] | .spec.rules[0].to",
                "action: Allow, rules: [{to: [{}]}] | .spec.rules[0].to[0]",
                "action: Allow, rules: [{to: [{hosts: [a]}]}] | .spec.rules[0].to[0].hosts",
                "action: Allow, rules: [{to: [{ports: ['80']}]}] | .spec.rules[0].to[0].ports[0]",
                "action: Allow, rules: [{to: [{ports: [0]}]}] | .spec.rules[0].to[0]",
                "action: Allow, rules: [{to: [{methods: ['']}]}] | .spec.rules[0].to[0]",
                "action: Allow, rules: [{to: [{paths: ['/a*']}]}] | .spec.rules[0].to[0].paths[0]",
                "action: Allow, rules: [{to: [{paths: ['/a/../b']}]}] | .spec.rules[0].to[0].paths[0]",
                "action: Allow, rules: [{when: []}] | .spec.rules[0].when",
                "action: Allow, rules: [{when: [{header: x}]}] | .spec.rules[0].when[0]",
                "action: Allow, rules: [{when: [{header: x, value: y, present: true}]}] | .spec.rules[0].when[0]",
                "action: Allow, rules: [{when: [{header: x, present: 'true'}]}] | .spec.rules[0].when[0].present",
                "action: Allow, rules: [{when: [{header: tombolo-caller, value: y}]}] | .spec.rules[0].when[0]",
                "action: Deny | .spec"
            })
    void whatIsNotUnderstoodIsRefusedByItsPath(String spec, String path) {
        String text = HEAD.formatted("shop").replace("spec:\n", "spec: {" + spec + "}\n");
        assertThatThrownBy(() -> ResourceReader.read(text))
                .hasMessageContaining("document 1 (AuthorizationPolicy shop/p)" + path);
    }

    @Test
    void aTargetInTheSystemNamespaceIsRefused() {
        assertThatThrownBy(() -> read("tombolo-system", "  {action: Allow, targetRef: {name: x}}\n"))
                .hasMessageContaining("No service lives in tombolo-system");
    }

    @Test
    void thePluralOfItsKindIsKnown() {
        assertThat(ResourceKind.parse("kind", "authorizationpolicies")).isEqualTo(ResourceKind.AUTHORIZATION_POLICY);
        assertThat(ResourceKind.parse("kind", "HTTPRoutes")).isEqualTo(ResourceKind.HTTP_ROUTE);
    }
}
