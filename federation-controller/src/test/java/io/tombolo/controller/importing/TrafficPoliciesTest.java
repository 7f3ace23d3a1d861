package io.tombolo.controller.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.catalog.AppProtocol;
import io.tombolo.model.catalog.ExportedPort;
import io.tombolo.model.catalog.ImportedService;
import io.tombolo.model.catalog.ServiceType;
import io.tombolo.model.name.ServiceName;
import io.tombolo.model.traffic.TrafficPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrafficPoliciesTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");
    private static final ProxyRole CHECKOUT = new ProxyRole.Workload("shop", "checkout");
    private static final ProxyRole FRONTEND = new ProxyRole.Workload("shop", "frontend");

    private static String policy(String namespace, String name, String spec) {
        return "---\napiVersion: tombolo.io/v1\nkind: TrafficPolicy\nmetadata: {name: " + name + ", namespace: "
                + namespace + "}\nspec: {" + spec + "}\n";
    }

    /** Each written a second after the one before. */
    private static LocalServices services(String... policies) {
        String own = """
                apiVersion: tombolo.io/v1
                kind: Service
                metadata: {name: checkout, namespace: shop}
                spec: {ports: [{port: 80, appProtocol: http}, {port: 5432}]}
                """;
        var stored = new ArrayList<StoredResource>();
        for (ParsedResource each : ResourceReader.read(own + String.join("", policies))) {
            Instant written = Instant.EPOCH.plusSeconds(stored.size());
            stored.add(new StoredResource(each.key(), each.spec(), each.specJson(), 1, written, "api"));
        }
        return LocalServices.of(stored, List.of(), Map.of());
    }

    private static ImportedService imported(String name) {
        return new ImportedService(
                new ServiceName("shop", name),
                List.of(new ExportedPort(80, "", AppProtocol.HTTP)),
                ServiceType.CLUSTER_SET_IP,
                "None",
                List.of(),
                Optional.empty());
    }

    private static List<String> names(LocalServices local, ProxyRole role, ImportedService... imports) {
        return TrafficPolicies.of(local, role, List.of(imports)).stream()
                .map(policy -> policy.name().name())
                .toList();
    }

    private static List<String> conditions(LocalServices local, String name, ImportedService... imports) {
        TrafficPolicy policy = local.trafficPolicies().stream()
                .filter(one -> one.name().name().equals(name))
                .findFirst()
                .orElseThrow();
        return TrafficPolicies.conditions(policy, local, Optional.of(List.of(imports)), NOW).stream()
                .map(c -> c.type() + "=" + c.status() + " " + c.reason())
                .toList();
    }

    @Test
    void whoCallsAServiceAndWhoServesItGoByItsPolicyAndNobodyElse() {
        LocalServices local = services(
                policy("shop", "of-checkout", "targetRef: {name: checkout}"),
                policy("shop", "of-cart", "targetRef: {name: cart}"));
        assertThat(names(local, CHECKOUT)).containsExactly("of-checkout");
        assertThat(names(local, FRONTEND, imported("cart"))).containsExactly("of-cart");
        assertThat(names(local, FRONTEND)).isEmpty();
    }

    @Test
    void theOldestPolicyOfAServiceCountsAndTheOthersSayThatTheyDoNot() {
        LocalServices local = services(
                policy("shop", "zebra", "targetRef: {name: checkout}"),
                policy("shop", "ant", "targetRef: {name: checkout}"));
        assertThat(names(local, CHECKOUT)).containsExactly("zebra");
        assertThat(conditions(local, "zebra")).containsExactly("Accepted=True Accepted");
        assertThat(conditions(local, "ant")).containsExactly("Accepted=False Conflicted");
    }

    @Test
    void theStatusSaysWhatDoesNotApplyAndWhatIsOver() {
        LocalServices local = services(
                policy("shop", "gone", "targetRef: {name: nobody}"),
                policy(
                        "shop",
                        "p",
                        "targetRef: {name: checkout}, limits: {requests: 5},"
                                + "faults: {abort: {percent: 1, status: 503}, until: \"2026-11-26T12:00:00Z\"}"),
                policy(
                        "shop",
                        "q",
                        "targetRef: {name: cart},"
                                + "faults: {abort: {percent: 1, status: 503}, until: \"2026-11-26T12:00:01Z\"}"));
        assertThat(conditions(local, "gone")).containsExactly("Accepted=False TargetNotFound");
        assertThat(conditions(local, "p"))
                .containsExactly(
                        "Accepted=True Accepted", "HttpFieldsApplied=False NotHttp", "FaultsInjected=False Over");
        assertThat(conditions(local, "q", imported("cart")))
                .containsExactly(
                        "Accepted=True Accepted", "HttpFieldsApplied=True Applied", "FaultsInjected=True Injecting");
    }
}
