package io.tombolo.terraform.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.terraform.cty.CtyValue;
import io.tombolo.terraform.cty.StateJson;
import io.tombolo.terraform.resource.ManagedResource;
import io.tombolo.terraform.schema.Problem;
import io.tombolo.terraform.schema.ValuePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApiObjectTest {
    private final ManagedResource policies =
            Objects.requireNonNull(new Tombolo(Map.of()).resources().get("tombolo_failover_policy"));

    @Test
    void aStateOfAnotherVersionIsReadAsFarAsItGoes() {
        // Given what an older provider wrote: without hold, and with something that is no more
        byte[] state = """
                {"name": "checkout", "namespace": "shop", "healthy_below": 70, "gone": {"x": [1]},
                 "tiers": [{"local": true, "weights": null}]}""".getBytes(StandardCharsets.UTF_8);
        // When
        var read = (CtyValue.Fields) policies.upgraded(0, StateJson.object(state));
        // Then
        assertThat(read.text("name")).contains("checkout");
        assertThat(read.get("healthy_below")).isEqualTo(new CtyValue.Num(70));
        assertThat(read.get("hold")).isEqualTo(CtyValue.NULL);
        assertThat(read.values())
                .doesNotContainKey("gone")
                .hasSameSizeAs(policies.schema().attributes());
    }

    @Test
    void whereTheControllerSaysThatSomethingIsWrongIsAnAttribute() {
        assertThat(FieldPath.of("document 1 (FailoverPolicy shop/checkout).spec.tiers[1].clusters", policies.schema()))
                .isEqualTo(ValuePath.ROOT.name("tiers").index(1).name("clusters"));
        assertThat(FieldPath.of("document 1 (FailoverPolicy shop/checkout).spec.maxLatency", policies.schema()))
                .isEqualTo(ValuePath.ROOT.name("max_latency"));
        assertThat(FieldPath.of("document 1.metadata.name", policies.schema())).isEqualTo(ValuePath.ROOT.name("name"));
        assertThat(FieldPath.of("request body", policies.schema())).isEqualTo(ValuePath.ROOT);
    }

    @Test
    void aTierIsOneKindOfCluster() {
        CtyValue both =
                new CtyValue.Fields(Map.of("local", new CtyValue.Bool(true), "same_zone", new CtyValue.Bool(true)));
        CtyValue none = new CtyValue.Fields(Map.of("local", new CtyValue.Bool(false)));
        CtyValue notKnownYet = new CtyValue.Fields(Map.of("local", CtyValue.UNKNOWN));
        List<Problem> found = policies.problems(
                new CtyValue.Fields(Map.of("tiers", new CtyValue.Items(List.of(both, none, notKnownYet)))));
        assertThat(found).extracting(problem -> problem.path().text()).containsExactly("tiers[0]", "tiers[1]");
    }

    @Test
    void theProviderBlockSaysOneThingOnce() {
        var config = new CtyValue.Fields(Map.of(
                "token",
                CtyValue.of("t"),
                "token_file",
                CtyValue.of("f"),
                "ca_pin",
                CtyValue.of("p"),
                "ca_certificate",
                CtyValue.of("c"),
                "client_certificate",
                CtyValue.of("x"),
                "client_key",
                CtyValue.NULL));
        assertThat(new Tombolo(Map.of()).problems(config))
                .extracting(Problem::summary)
                .contains(
                        "Conflicting ca_certificate and ca_pin",
                        "Conflicting token and token_file",
                        "Conflicting token and client_certificate",
                        "Missing client_key");
    }

    @Test
    void whatIsMissingInBlockAndEnvironmentIsSaidAllAtOnce() {
        var config = new CtyValue.Fields(Map.of("endpoint", CtyValue.of("https://127.0.0.1:1")));
        assertThat(new Tombolo(Map.of()).configure(config))
                .extracting(Problem::summary)
                .containsExactly("Missing token_file", "Missing ca_pin");
        assertThat(new Tombolo(Map.of()).configure(config.with("endpoint", CtyValue.UNKNOWN)))
                .isEmpty();
    }
}
