package io.tombolo.controller.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.controller.exporting.LocalServices;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceReader;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.authorization.AuthorizationPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {
    private static final String SERVICES = """
            apiVersion: tombolo.io/v1
            kind: Service
            metadata: {name: checkout, namespace: shop}
            spec: {ports: [{port: 80, appProtocol: http}, {port: 5432}]}
            ---
            apiVersion: tombolo.io/v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {ports: [{port: 80, appProtocol: http}]}
            """;

    private static String policy(String namespace, String name, String spec) {
        return "---\napiVersion: tombolo.io/v1\nkind: AuthorizationPolicy\nmetadata: {name: " + name + ", namespace: "
                + namespace + "}\nspec: {" + spec + "}\n";
    }

    private static LocalServices services(String... policies) {
        List<ParsedResource> read = ResourceReader.read(SERVICES + String.join("", policies));
        return LocalServices.of(
                read.stream()
                        .map(each ->
                                new StoredResource(each.key(), each.spec(), each.specJson(), 1, Instant.EPOCH, "api"))
                        .toList(),
                List.of(),
                Map.of());
    }

    private static List<String> conditions(LocalServices services) {
        AuthorizationPolicy policy = services.policies().getFirst();
        return Policies.conditions(policy, services).stream()
                .map(c -> c.type() + "=" + c.status() + " " + c.reason() + ": " + c.message())
                .toList();
    }

    @Test
    void aWorkloadGetsThePoliciesOfWhatItServesAndNoOther() {
        // Given
        LocalServices services = services(
                policy("shop", "of-checkout", "targetRef: {name: checkout}, action: Allow"),
                policy("shop", "of-cart", "targetRef: {name: cart}, action: Allow"),
                policy("shop", "of-shop", "action: Allow"),
                policy("office", "of-office", "action: Allow"),
                policy("tombolo-system", "of-mesh", "action: Allow"));
        // When, then
        assertThat(Policies.of(services, new ProxyRole.Workload("shop", "checkout")))
                .extracting(policy -> policy.name().name())
                .containsExactlyInAnyOrder("of-checkout", "of-shop", "of-mesh");
        assertThat(Policies.of(services, new ProxyRole.Workload("shop", "frontend")))
                .isEmpty();
        assertThat(Policies.of(services, new ProxyRole.Workload("office", "checkout")))
                .isEmpty();
    }

    @Test
    void aGatewayGetsThePoliciesOfWhatItTerminatesAndNoOther() {
        // Given
        String of = policy("shop", "of-checkout", "targetRef: {name: checkout}, action: Allow");
        String terminated = "---\napiVersion: tombolo.io/v1\nkind: ServiceExport\n"
                + "metadata: {name: checkout, namespace: shop}\nspec: {mode: terminate}\n";
        String cart = policy("shop", "of-cart", "targetRef: {name: cart}, action: Allow");
        // When, then
        assertThat(Policies.of(services(of, cart), new ProxyRole.Gateway())).isEmpty();
        assertThat(Policies.of(services(of, cart, terminated), new ProxyRole.Gateway()))
                .extracting(policy -> policy.name().name())
                .containsExactly("of-checkout");
    }

    @Test
    void theStatusNamesATargetThatIsNotThere() {
        assertThat(conditions(services(policy("shop", "p", "targetRef: {name: gone}, action: Allow"))))
                .containsExactly("Accepted=False TargetNotFound: service shop/gone is not known in this cluster;"
                        + " the policy counts as soon as it is");
    }

    @Test
    void theStatusSaysWhatHttpConditionsMeanOnPortsThatAreNotHttp() {
        String rules = "rules: [{to: [{methods: [GET]}]}]";
        assertThat(conditions(services(policy("shop", "p", "action: Allow, " + rules))))
                .containsExactly(
                        "Accepted=True Accepted: a policy of the namespace",
                        "HttpConditionsApplied=False NotHttp: rules with methods, paths or headers let nobody in at"
                                + " shop/checkout:5432");
        assertThat(conditions(services(policy("shop", "p", "action: Deny, targetRef: {name: checkout}, " + rules))))
                .last()
                .asString()
                .contains("refuse every connection that fits the rest of them at shop/checkout:5432");
        assertThat(conditions(services(policy("shop", "p", "action: Deny, targetRef: {name: cart}, " + rules))))
                .last()
                .isEqualTo("HttpConditionsApplied=True Applied: ");
        assertThat(conditions(services(policy("shop", "p", "action: Allow, rules: [{to: [{ports: [80]}]}]"))))
                .hasSize(1);
    }
}
