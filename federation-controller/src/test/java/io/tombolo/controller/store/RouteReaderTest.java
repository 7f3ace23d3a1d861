package io.tombolo.controller.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.model.httproute.Backend;
import io.tombolo.model.httproute.HeaderChange;
import io.tombolo.model.httproute.HttpRoute;
import io.tombolo.model.httproute.Mirror;
import io.tombolo.model.httproute.NameValue;
import io.tombolo.model.httproute.PathChange;
import io.tombolo.model.httproute.PathMatch;
import io.tombolo.model.httproute.Redirect;
import io.tombolo.model.httproute.ReferenceGrant;
import io.tombolo.model.httproute.Referred;
import io.tombolo.model.httproute.RouteLimits;
import io.tombolo.model.httproute.RouteMatch;
import io.tombolo.model.httproute.RouteRetry;
import io.tombolo.model.httproute.RouteRule;
import io.tombolo.model.httproute.RouteTarget;
import io.tombolo.model.httproute.ServiceKind;
import io.tombolo.model.httproute.ValueMatch;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.name.ServicePort;
import io.tombolo.wire.expression.LinearExpression;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteReaderTest {
    private static final ServiceName CHECKOUT = new ServiceName("shop", "checkout");
    private static final String HEAD =
            "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: shop}\nspec:\n";
    private static final String PARENT = "  parentRefs: [{kind: Service, group: '', name: checkout, port: 80}]\n";

    @Test
    void everySupportedFieldIsReadAsGatewayApiMeansIt() {
        String rules = """
                  rules:
                  - name: canary
                    matches:
                    - path: {type: Exact, value: /cart}
                      method: POST
                      headers: [{name: X-User, value: tester}]
                      queryParams: [{type: Exact, name: beta, value: "1"}]
                    filters:
                    - type: RequestHeaderModifier
                      requestHeaderModifier: {set: [{name: X-Env, value: test}], remove: [X-Old]}
                    - type: ResponseHeaderModifier
                      responseHeaderModifier: {add: [{name: x-tag, value: b}]}
                    - type: URLRewrite
                      urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /v2}}
                    backendRefs:
                    - {name: canary, port: 80, weight: 10}
                    - {kind: ServiceImport, group: multicluster.x-k8s.io, name: checkout, port: 80}
                    timeouts: {request: 1m30s, backendRequest: 5s}
                    retry: {codes: [502, 503], attempts: 3, backoff: 100ms}
                  - filters:
                    - type: RequestRedirect
                      requestRedirect: {scheme: https, statusCode: 301}
                """;
        // When
        var route = (Spec.Route)
                ResourceReader.read(HEAD + PARENT + rules).getFirst().spec();
        // Then
        assertThat(route.parents()).containsExactly(new HttpRoute.Parent(CHECKOUT, OptionalInt.of(80)));
        assertThat(route.rules())
                .containsExactly(
                        new RouteRule(
                                List.of(new RouteMatch(
                                        new PathMatch.Exact("/cart"),
                                        Optional.of("POST"),
                                        List.of(NameValue.header("x-user", "tester")),
                                        List.of(NameValue.query("beta", "1")))),
                                new HeaderChange(
                                        List.of(NameValue.changed("x-env", "test")), List.of(), List.of("x-old")),
                                new HeaderChange(List.of(), List.of(NameValue.changed("x-tag", "b")), List.of()),
                                new RouteTarget.Forward(
                                        List.of(
                                                Backend.of(new ServicePort(new ServiceName("shop", "canary"), 80), 10),
                                                new Backend(
                                                        new Referred.Import(CHECKOUT, OptionalInt.of(80)),
                                                        1,
                                                        HeaderChange.NONE,
                                                        HeaderChange.NONE)),
                                        Optional.of(new PathChange.Whole("/v2"))),
                                new RouteLimits(
                                        Optional.of(Duration.ofSeconds(90)),
                                        Optional.of(Duration.ofSeconds(5)),
                                        Optional.of(new RouteRetry(3, Set.of(502, 503), Duration.ofMillis(100))))),
                        redirected());
    }

    private static RouteRule redirected() {
        var redirect = new Redirect(Optional.of("https"), Optional.empty(), Optional.empty(), OptionalInt.empty(), 301);
        return new RouteRule(
                List.of(RouteMatch.ANY),
                HeaderChange.NONE,
                HeaderChange.NONE,
                new RouteTarget.Elsewhere(redirect),
                RouteLimits.NONE);
    }

    @Test
    void aCallOfGrpcIsARequestForItsServiceAndMethod() {
        // Given
        String grpc = HEAD.replace("HTTPRoute", "GRPCRoute") + PARENT + """
                  rules:
                  - matches:
                    - method: {service: shop.Checkout, method: Pay}
                      headers: [{name: X-User, value: tester}]
                    - method: {service: shop.Checkout}
                    - method: {method: Pay}
                    backendRefs: [{name: canary, port: 80}]
                """;
        // When
        var route = (Spec.Route) ResourceReader.read(grpc).getFirst().spec();
        // Then
        assertThat(route.kind()).isEqualTo(HttpRoute.Kind.GRPC);
        assertThat(route.rules().getFirst().matches())
                .extracting(RouteMatch::path)
                .containsExactly(
                        new PathMatch.Exact("/shop.Checkout/Pay"),
                        new PathMatch.Prefix("/shop.Checkout"),
                        new PathMatch.Method("/Pay"));
    }

    @Test
    void expressionsAreForPathsHeadersParametersAndMethodsAndBackendsHaveFiltersOfTheirOwn() {
        // Given
        String http = HEAD + PARENT + """
                  rules:
                  - matches:
                    - path: {type: RegularExpression, value: "/v[0-9]+/.*"}
                      headers: [{type: RegularExpression, name: X-User, value: "test.*"}]
                      queryParams: [{type: RegularExpression, name: q, value: "a|b"}]
                    backendRefs:
                    - name: canary
                      port: 80
                      filters:
                      - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: x-to, value: canary}]}}
                      - {type: ResponseHeaderModifier, responseHeaderModifier: {remove: [x-debug]}}
                """;
        String grpc = HEAD.replace("HTTPRoute", "GRPCRoute") + PARENT + """
                  rules:
                  - matches: [{method: {type: RegularExpression, service: "shop[.].*", method: "Pay|Refund"}}]
                """;
        // When
        RouteRule rule = ((Spec.Route) ResourceReader.read(http).getFirst().spec())
                .rules()
                .getFirst();
        PathMatch call = ((Spec.Route) ResourceReader.read(grpc).getFirst().spec())
                .rules()
                .getFirst()
                .matches()
                .getFirst()
                .path();
        // Then
        assertThat(rule.matches())
                .containsExactly(new RouteMatch(
                        new PathMatch.Like(LinearExpression.of("/v[0-9]+/.*")),
                        Optional.empty(),
                        List.of(ValueMatch.Like.header("x-user", LinearExpression.of("test.*"))),
                        List.of(ValueMatch.Like.query("q", LinearExpression.of("a|b")))));
        Backend backend = ((RouteTarget.Forward) rule.target()).backends().getFirst();
        assertThat(backend.request().set()).containsExactly(NameValue.changed("x-to", "canary"));
        assertThat(backend.answer().remove()).containsExactly("x-debug");
        assertThat(List.of("/shop.Checkout/Pay", "/shop.Cart/Refund")).allMatch(call::fits);
        assertThat(List.of("/shop.Checkout/Paying", "/bank.Checkout/Pay", "/Refund"))
                .noneMatch(call::fits);
    }

    @Test
    void aGrantNamesWhoMayReferToWhat() {
        // Given
        String grant = """
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: office, namespace: shop}
                spec:
                  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: office}]
                  to: [{group: "", kind: Service, name: checkout}, {group: multicluster.x-k8s.io, kind: ServiceImport}]
                """;
        // When
        Spec read = ResourceReader.read(grant).getFirst().spec();
        // Then
        assertThat(read)
                .isEqualTo(new Spec.Grant(new ReferenceGrant(
                        "shop",
                        List.of(new ReferenceGrant.From(HttpRoute.Kind.HTTP, "office")),
                        List.of(
                                new ReferenceGrant.To(ServiceKind.SERVICE, Optional.of("checkout")),
                                new ReferenceGrant.To(ServiceKind.SERVICE_IMPORT, Optional.empty())))));
        assertThat(ResourceReader.read(grant.replace("v1beta1", "v1"))
                        .getFirst()
                        .spec())
                .isEqualTo(read);
        for (String bad : List.of("kind: Gateway", "kind: HTTPRoute, name: x", "group: other, kind: HTTPRoute")) {
            assertThatThrownBy(() -> ResourceReader.read(grant.replace("kind: HTTPRoute", bad)))
                    .as(bad)
                    .hasMessageContaining("TB-1004");
        }
        assertThatThrownBy(() -> ResourceReader.read(grant.replace("kind: Service,", "kind: Secret,")))
                .hasMessageContaining("spec.to[0].kind");
    }

    @Test
    void mirrorsGetAllRequestsUnlessAPartIsSaid() {
        // Given
        String rules = """
                  rules:
                  - filters:
                    - {type: RequestMirror, requestMirror: {backendRef: {name: canary, port: 80}}}
                    - {type: RequestMirror, requestMirror: {backendRef: {name: canary, port: 81}, percent: 5}}
                    - type: RequestMirror
                      requestMirror: {backendRef: {name: canary, port: 82}, fraction: {numerator: 1, denominator: 1000}}
                    backendRefs: [{name: checkout, port: 80}]
                """;
        // When
        for (String kind : List.of("HTTPRoute", "GRPCRoute")) {
            var route = (Spec.Route) ResourceReader.read(HEAD.replace("HTTPRoute", kind) + PARENT + rules)
                    .getFirst()
                    .spec();
            // Then
            var canary = new ServiceName("shop", "canary");
            assertThat(((RouteTarget.Forward) route.rules().getFirst().target()).mirrors())
                    .containsExactly(
                            new Mirror(new ServicePort(canary, 80), 100, 100),
                            new Mirror(new ServicePort(canary, 81), 5, 100),
                            new Mirror(new ServicePort(canary, 82), 1, 1_000));
        }
    }

    @ParameterizedTest(name = "{0} is refused at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            rules: [{matches: [{method: {type: Exact}}]}]                   | spec.rules[0].matches[0].method: names neither
            rules: [{matches: [{method: {service: a/b}}]}]                  | spec.rules[0].matches[0].method: names neither
            rules: [{matches: [{method: {type: RegularExpression, service: "a)b("}}]}] | regular expression 'a)b('
            rules: [{matches: [{method: {type: Prefix, service: a}}]}]      | method.type: is not supported
            rules: [{matches: [{path: {value: /}}]}]                        | spec.rules[0].matches[0].path: unknown field
            rules: [{timeouts: {request: 1s}}]                              | spec.rules[0].timeouts: unknown field
            rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme: https}}]}] | rewrite or redirect
            """)
    void whatGrpcRoutesDoNotKnowIsRefusedByItsName(String line, String expected) {
        assertThatThrownBy(
                        () -> ResourceReader.read(HEAD.replace("HTTPRoute", "GRPCRoute") + PARENT + "  " + line + "\n"))
                .hasMessageContaining(expected);
    }

    @Test
    void aBackendThatIsNoServiceIsRefusedByHandAndKeptAsAStrangerFromKubernetes() {
        // Given
        String text = HEAD + PARENT
                + "  rules: [{backendRefs: [{group: example.org, kind: Bucket, name: a}, {name: checkout, port: 80}]}]\n";
        // When
        var route = (Spec.Route) ResourceReader.declared(text).spec();
        // Then
        assertThat(((RouteTarget.Forward) route.rules().getFirst().target()).backends())
                .extracting(Backend::to)
                .containsExactly(
                        new Referred.Stranger("example.org/Bucket"), new Referred.Port(new ServicePort(CHECKOUT, 80)));
        assertThatThrownBy(() -> ResourceReader.read(text)).hasMessageContaining("spec.rules[0].backendRefs[0].kind");
    }

    @Test
    void aParentMayBeAnImportAndNameASection() {
        // Given
        String parent =
                "  parentRefs: [{group: multicluster.x-k8s.io, kind: ServiceImport, name: checkout, sectionName: http}]\n";
        // When
        var route = (Spec.Route) ResourceReader.read(HEAD + parent + "  rules: [{}]\n")
                .getFirst()
                .spec();
        // Then
        assertThat(route.parents())
                .containsExactly(new HttpRoute.Parent(
                        ServiceKind.SERVICE_IMPORT, CHECKOUT, OptionalInt.empty(), Optional.of("http")));
    }

    @Test
    void whatWasShownCanBeAppliedAgain() {
        String shown = HEAD + PARENT + "  rules: [{}]\nstatus: {parents: []}\n";
        assertThat(ResourceReader.read(shown)).hasSize(1);
    }

    @ParameterizedTest(name = "{0} is refused at {1}")
    @CsvSource(delimiter = '|', textBlock = """
            hostnames: [a.b]                                             | spec.hostnames: unknown field
            rules: [{retry: {attempts: 11}}]                             | spec.rules[0].retry
            rules: [{retry: {codes: [200]}}]                             | spec.rules[0].retry
            rules: [{retry: {codes: ["503"]}}]                           | spec.rules[0].retry.codes[0]
            rules: [{retry: {often: 1}}]                                 | spec.rules[0].retry.often: unknown field
            rules: [{sessionPersistence: {}}]                            | spec.rules[0].sessionPersistence: unknown field
            rules: [{timeouts: {request: 1s, backendRequest: 2s}}]       | spec.rules[0]
            rules: [{timeouts: {request: 1 s}}]                          | spec.rules[0].timeouts.request
            rules: [{filters: [{type: ExtensionRef}]}]                     | spec.rules[0].filters[0].type: ExtensionRef is not supported
            rules: [{filters: [{type: RequestMirror, requestMirror: {percent: 5}}]}] | requestMirror.backendRef.name
            rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80}, percent: 101}}]}] | fraction '101/100'
            rules: [{filters: [{type: RequestMirror, requestMirror: {backendRef: {name: a, port: 80, weight: 1}}}]}] | backendRef.weight: unknown field
            rules: [{filters: [{type: URLRewrite}]}]                     | spec.rules[0].filters[0]: is of type URLRewrite
            rules: [{filters: [{type: URLRewrite, urlRewrite: {hostname: "A.b:80"}}]}] | urlRewrite.hostname
            rules: [{matches: [{path: {type: RegularExpression, value: "("}}]}]     | spec.rules[0].matches[0]: regular expression '('
            rules: [{matches: [{headers: [{type: RegularExpression, name: a, value: "(a)\\\\1"}]}]}] | matches[0].headers[0]: regular expression
            rules: [{matches: [{headers: [{type: Prefix, name: a, value: b}]}]}] | headers[0].type: is not supported
            rules: [{matches: [{path: {type: Glob, value: /}}]}]         | spec.rules[0].matches[0].path.type: is not supported
            rules: [{matches: [{path: {value: a}}]}]                     | spec.rules[0].matches[0]
            rules: [{matches: [{headers: [{name: a}]}]}]                 | spec.rules[0].matches[0].headers[0].value: is missing
            rules: [{backendRefs: [{name: a}]}]                          | spec.rules[0].backendRefs[0].port
            rules: [{backendRefs: [{name: a, port: 80, weight: -1}]}]    | spec.rules[0].backendRefs[0]
            rules: [{backendRefs: [{name: a, port: 80, kind: Pod}]}]     | Pod of group '' is not supported
            rules: [{backendRefs: [{name: a, port: 80, filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /}}}]}]}] | backendRefs[0].filters: rewrite, redirect or mirror
            rules: [{backendRefs: [{name: a, port: 80, filters: [{type: URLRewrite, urlRewrite: {hostname: a.b}}]}]}] | backendRefs[0].filters: rewrite, redirect or mirror
            rules: []                                                    | spec.rules: are none
            """)
    void whatIsNotSupportedIsRefusedByItsName(String line, String expected) {
        assertThatThrownBy(() -> ResourceReader.read(HEAD + PARENT + "  " + line + "\n"))
                .hasMessageContaining(expected);
    }

    @Test
    void aRouteIsAttachedToServicesOnlyAndHasAVersionOfItsOwn() {
        assertThatThrownBy(
                        () -> ResourceReader.read(HEAD + "  parentRefs: [{kind: Gateway, name: g}]\n  rules: [{}]\n"))
                .hasMessageContaining("spec.parentRefs[0].kind");
        assertThatThrownBy(() -> ResourceReader.read(HEAD + "  rules: [{}]\n")).hasMessageContaining("spec.parentRefs");
        assertThatThrownBy(() -> ResourceReader.read(
                        HEAD.replace("gateway.networking.k8s.io", "tombolo.io") + PARENT + "  rules: [{}]\n"))
                .hasMessageContaining("write gateway.networking.k8s.io/v1".substring(6));
    }
}
