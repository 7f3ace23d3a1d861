package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.Terraform;
import io.tombolo.it.actors.ThreeClusters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The real command with our provider, against the controller of an authority. Everything is in namespace {@code tf}. */
@ExtendWith(ThreeClusters.Shared.class)
class TerraformIT {
    private static final String EXPORT = """
            resource "tombolo_service_export" "checkout" {
              name      = "checkout"
              namespace = "tf"
              ports     = [{ port = 80, name = "http", app_protocol = "http" }]
              consumers = [{ cluster = "west" }, { namespace = "billing" }]
              labels    = { team = "payments" }
            }
            """;
    private static final String POLICY = """
            resource "tombolo_failover_policy" "checkout" {
              name       = "checkout"
              namespace  = "tf"
              target_ref = { name = tombolo_service_export.checkout.name }
              tiers = [
                { local = true },
                { clusters = { only = ["west", "south"] }, weights = { west = 3, south = 1 } },
                { clusters = { any = true } },
              ]
              hold = "60s"
            }
            """;

    private Operator east;
    private Terraform terraform;
    private Path directory;

    @BeforeEach
    void ofEast(ThreeClusters three, @TempDir Path directory) throws Exception {
        Terraform.isHere();
        this.directory = directory;
        east = three.east().operator();
        terraform = Terraform.of(east, directory);
    }

    @AfterEach
    void leaveItWhole() {
        if (terraform == null) {
            return;
        }
        terraform.close();
        for (String kind : List.of("FailoverPolicy", "ServiceExport", "HTTPRoute")) {
            for (JsonNode left : east.api().get("/resources/" + kind + "?namespace=tf")) {
                east.api()
                        .delete("/resources/" + kind + "/tf/"
                                + left.at("/metadata/name").asText());
            }
        }
    }

    private JsonNode spec(String kind, String name) {
        return east.api().get("/resources/" + kind + "/tf/" + name).path("spec");
    }

    @Test
    void whatIsDeclaredIsThereChangesAndGoes() throws Exception {
        // Given
        terraform.writes("main.tf", EXPORT + POLICY);
        // When it is applied
        assertThat(terraform.applies().succeeds().output()).contains("2 added, 0 changed, 0 destroyed");
        // Then the controller has it as it was written, and there is nothing left to do
        assertThat(spec("ServiceExport", "checkout").at("/ports/0/appProtocol").asText())
                .isEqualTo("http");
        assertThat(spec("FailoverPolicy", "checkout").at("/tiers/2/clusters").asText())
                .isEqualTo("any");
        assertThat(spec("FailoverPolicy", "checkout")
                        .at("/tiers/1/weights/west")
                        .asInt())
                .isEqualTo(3);
        terraform.hasNothingToDo();
        // When a duration is spelled otherwise, then that is no change
        terraform.writes("main.tf", EXPORT + POLICY.replace("60s", "1m"));
        terraform.hasNothingToDo();
        // When it is another one, then it is changed in place
        terraform.writes("main.tf", EXPORT + POLICY.replace("60s", "90s"));
        assertThat(terraform.applies().succeeds().output()).contains("0 added, 1 changed, 0 destroyed");
        assertThat(spec("FailoverPolicy", "checkout").path("hold").asText()).isEqualTo("90s");
        terraform.hasNothingToDo();
        // When somebody else changes it, then that is shown, and put right
        east.api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: FailoverPolicy\nmetadata: {name: checkout, namespace: tf}\n"
                                + "spec: {targetRef: {name: checkout}, hold: 5s, minHealthy: 2}\n");
        assertThat(terraform.plans().succeeds().output()).contains("min_healthy", "\"5s\" -> \"90s\"");
        terraform.applies().succeeds();
        assertThat(spec("FailoverPolicy", "checkout").has("minHealthy")).isFalse();
        // When its name changes, then another one takes its place
        terraform.writes(
                "main.tf",
                EXPORT + POLICY.replace("60s", "90s").replace("name       = \"checkout\"", "name = \"other\""));
        assertThat(terraform.applies().succeeds().output()).contains("1 added, 0 changed, 1 destroyed");
        // When somebody else takes it away, then it is made again
        east.api().delete("/resources/FailoverPolicy/tf/other");
        assertThat(terraform.applies().succeeds().output()).contains("1 added, 0 changed, 0 destroyed");
        // When all of it is destroyed
        assertThat(terraform.destroys().succeeds().output()).contains("2 destroyed");
        // Then it is gone
        assertThat(east.api().get("/resources/ServiceExport?namespace=tf")).isEmpty();
    }

    @Test
    void whatExistsIsImportedByItsIdWithoutADifference() throws Exception {
        // Given something that was not made by Terraform
        east.api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: tf}\n"
                                + "spec: {ports: [{port: 80, name: http, appProtocol: http}], labels: {team: payments},"
                                + " consumers: [{cluster: west}, {namespace: billing}]}\n");
        terraform.writes("main.tf", EXPORT);
        // Then the plan warns, making it is refused, and the way out is named
        assertThat(terraform.plans().succeeds().output()).contains("exists already", "on main.tf line 2");
        assertThat(terraform.applies().fails().output())
                .contains("exists already", "east/tf/checkout", "on main.tf line 2");
        // When it is imported, then there is nothing to do
        terraform
                .runs("import", "-no-color", "tombolo_service_export.checkout", "east/tf/checkout")
                .succeeds();
        terraform.hasNothingToDo();
        // And an id of another cluster is none
        terraform.runs("state", "rm", "tombolo_service_export.checkout").succeeds();
        assertThat(terraform
                        .runs("import", "-no-color", "tombolo_service_export.checkout", "mars/tf/checkout")
                        .fails()
                        .output())
                .contains("east/NAMESPACE/NAME");
        // When a block asks for it without a configuration, then that is written, and fits
        Files.delete(directory.resolve("main.tf"));
        terraform.writes(
                "import.tf", "import {\n  to = tombolo_service_export.found\n  id = \"east/tf/checkout\"\n}\n");
        terraform.runs("plan", "-no-color", "-generate-config-out=found.tf").succeeds();
        assertThat(terraform.applies().succeeds().output()).contains("1 imported, 0 added, 0 changed, 0 destroyed");
        terraform.hasNothingToDo();
    }

    @Test
    void whatTheControllerRefusesIsRefusedAtThePlanWithItsLine() throws Exception {
        terraform.writes("main.tf", EXPORT + POLICY.replace("{ clusters = { any = true } }", "{ local = true }"));
        assertThat(terraform.plans().fails().output())
                .contains("tiers", "in resource \"tombolo_failover_policy\"", "TB-1004");
    }

    @Test
    void whatIsLegalAndMayBeAMistakeIsAWarningOnceItIsApplied() throws Exception {
        terraform.writes(
                "main.tf",
                EXPORT
                        + POLICY.replace("\"west\", \"south\"", "\"wets\", \"south\"")
                                .replace("west = 3, ", ""));
        assertThat(terraform.applies().succeeds().output()).contains("Warning:", "UnknownCluster", "wets");
        terraform.destroys().succeeds();
    }

    @Test
    void whatContradictsAnOlderExportOfAnotherClusterIsAWarningAtThePlan(ThreeClusters three) throws Exception {
        // Given
        Operator west = three.west().operator();
        west.api()
                .postYaml(
                        "/resources",
                        "apiVersion: tombolo.io/v1\nkind: ServiceExport\nmetadata: {name: checkout, namespace: tf}\n"
                                + "spec: {ports: [{port: 80, name: http, appProtocol: grpc}], labels: {team: payments}}\n");
        try {
            Awaitility.await("east to know west's export")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> east.api().get("/services").toString().contains("\"tf\""));
            terraform.writes("main.tf", EXPORT);
            // When, then
            assertThat(terraform.plans().succeeds().output())
                    .contains("PortConflict", "http=80/grpc", "as west exported it first", "on main.tf line 2");
            assertThat(terraform.applies().succeeds().output()).contains("PortConflict");
            terraform.hasNothingToDo();
            terraform.destroys().succeeds();
        } finally {
            west.api().delete("/resources/ServiceExport/tf/checkout");
        }
    }

    @Test
    void aTokenIsMadeForOneRunAndIsNowhereAfterIt() throws Exception {
        // Given
        terraform.writes("main.tf", """
                ephemeral "tombolo_join_token" "mars" {
                  cluster = "mars"
                  ttl     = "5m"
                }
                resource "terraform_data" "told" {
                  input = "applied"
                  provisioner "local-exec" {
                    command     = "test -n \\"$JOIN\\" && echo length ${length(ephemeral.tombolo_join_token.mars.token)}"
                    environment = { JOIN = ephemeral.tombolo_join_token.mars.token }
                  }
                }
                """);
        terraform.logsEverything();
        int before = tokensOf("mars").size();
        // When
        terraform.applies().succeeds();
        // Then each run made one and took it back, and its text is in no file
        List<String> made = tokensOf("mars");
        assertThat(made).hasSizeGreaterThan(before).allMatch(state -> state.equals("revoked"));
        assertThat(terraform.keeps(Pattern.compile("tmb1_[A-Za-z0-9_-]{20}"))).isFalse();
    }

    private List<String> tokensOf(String cluster) {
        return StreamSupport.stream(east.api().get("/tokens").spliterator(), false)
                .filter(token -> token.path("cluster").asText().equals(cluster))
                .map(token -> token.path("state").asText())
                .toList();
    }

    @Test
    void whatTheFederationKnowsCanBeAskedFor() throws Exception {
        // Given
        terraform.writes("main.tf", """
                data "tombolo_clusters" "all" {}
                data "tombolo_services" "tf" { namespace = "tf-nobody" }
                data "tombolo_trust_bundle" "west" { cluster = "west" }
                data "tombolo_failover_simulation" "west" { down = ["west"] }
                resource "tombolo_cluster" "west" {
                  name       = "west"
                  region     = "eu"
                  on_destroy = "keep"
                }
                output "clusters" { value = { for c in data.tombolo_clusters.all.clusters : c.cluster => c.region } }
                output "services" { value = length(data.tombolo_services.tf.services) }
                output "bundle" { value = jsondecode(data.tombolo_trust_bundle.west.jwks).keys[0].use }
                output "nothing" { value = data.tombolo_failover_simulation.west.left_with_nothing }
                output "domain" { value = tombolo_cluster.west.trust_domain }
                output "id" { value = provider::tombolo::spiffe_id("west.demo", "shop", "checkout") }
                output "parts" { value = provider::tombolo::parse_spiffe_id("spiffe://west.demo/ns/shop/sa/checkout").account }
                output "host" { value = provider::tombolo::clusterset_hostname("checkout", "shop") }
                output "sni" { value = provider::tombolo::service_sni(80, "checkout", "shop", "west", "demo") }
                """);
        // When
        terraform.applies().succeeds();
        // Then
        assertThat(terraform.output("clusters").path("south").asText()).isEqualTo("us");
        assertThat(terraform.output("services").asInt()).isZero();
        assertThat(terraform.output("bundle").asText()).isEqualTo("x509-svid");
        assertThat(terraform.output("id").asText()).isEqualTo("spiffe://west.demo/ns/shop/sa/checkout");
        assertThat(terraform.output("parts").asText()).isEqualTo("checkout");
        assertThat(terraform.output("host").asText()).isEqualTo("checkout.shop.svc.clusterset.local");
        assertThat(terraform.output("sni").asText()).isEqualTo("80.checkout.shop.west.demo.tombolo");
        assertThat(terraform.output("domain").asText()).contains("west");
        // And a function says which argument is wrong
        terraform.writes(
                "bad.tf", "output \"bad\" { value = provider::tombolo::spiffe_id(\"west.demo\", \"Shop\", \"x\") }\n");
        assertThat(terraform.plans().fails().output()).contains("namespace", "lower-case");
        Files.delete(directory.resolve("bad.tf"));
        terraform.destroys().succeeds();
        assertThat(east.sees("west").path("state").asText()).isEqualTo("ADMITTED");
    }

    @Test
    void everyExampleOfTheDocumentationIsTakenAndCanBePlanned() throws Exception {
        Path examples = Path.of(System.getProperty("tombolo.home", ".."), "terraform/provider/examples");
        try (Stream<Path> files = Files.walk(examples)) {
            for (Path file : files.filter(one -> one.endsWith("example.tf")).toList()) {
                if (!file.startsWith(examples.resolve("provider"))) {
                    terraform.writes("main.tf", Files.readString(file));
                    assertThat(terraform.plans().output()).as(file.toString()).doesNotContain("Error:");
                }
            }
        }
        assertThat(terraform
                        .runs(
                                "fmt",
                                "-check",
                                "-recursive",
                                examples.toRealPath().toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void theReadmesExampleIsAppliedAndTakenBack() throws Exception {
        Path example = Path.of(System.getProperty("tombolo.home", ".."), "terraform/examples/local/main.tf");
        terraform.writes("versions.tf", "");
        terraform.writes("main.tf", Files.readString(example));
        terraform.writes("terraform.tfvars", "namespace = \"tf\"\n");
        terraform.applies().succeeds();
        terraform.hasNothingToDo();
        assertThat(terraform.output("called_as").asText()).isEqualTo("basket.tf.svc.clusterset.local");
        assertThat(spec("FailoverPolicy", "basket").path("hold").asText()).isEqualTo("10s");
        assertThat(terraform.destroys().succeeds().output()).contains("2 destroyed");
    }

    @Test
    void aClusterIsEvacuatedWhileItIsDeclared() throws Exception {
        terraform.writes(
                "main.tf", "resource \"tombolo_evacuation\" \"south\" {\n  cluster = \"south\"\n  over = \"0s\"\n}\n");
        terraform.applies().succeeds();
        terraform.hasNothingToDo();
        assertThat(east.api().get("/evacuations").at("/0/cluster").asText()).isEqualTo("south");
        terraform.destroys().succeeds();
        assertThat(east.api().get("/evacuations")).isEmpty();
    }

    @Test
    void anOrderThatSomebodyDoesNotHoldIsNamedAndKept() throws Exception {
        terraform.writes("main.tf", """
                resource "tombolo_evacuation" "south" {
                  cluster  = "south"
                  percent  = 10
                  wait_for = { clusters = ["mars"] }
                  timeouts = { create = "1s" }
                }
                """);
        assertThat(terraform.applies().fails().output()).contains("Cluster mars is no member", "timeouts.create");
        assertThat(east.api().get("/evacuations").at("/0/percent").asInt()).isEqualTo(10);
        assertThat(terraform.runs("state", "list").succeeds().output()).contains("tombolo_evacuation.south");
        terraform.destroys().succeeds();
        assertThat(east.api().get("/evacuations")).isEmpty();
    }

    @Deep // members say what they hold each ten seconds
    @Test
    void anOrderIsWaitedForUntilOthersHoldIt() throws Exception {
        terraform.writes("main.tf", """
                resource "tombolo_evacuation" "south" {
                  cluster  = "south"
                  percent  = 10
                  wait_for = { clusters = ["west"] }
                }
                """);
        terraform.applies().succeeds();
        long seq = east.api().get("/evacuations").at("/0/published").asLong();
        assertThat(east.sees("west").path("holdsSeq").asLong()).isPositive().isGreaterThanOrEqualTo(seq);
        terraform.hasNothingToDo();
        terraform.destroys().succeeds();
    }

    @Deep // members say what they hold each ten seconds
    @Test
    void anExportIsWaitedForUntilOthersHoldIt() throws Exception {
        terraform.writes(
                "main.tf", EXPORT.replace("labels ", "wait_for = { clusters = [\"west\", \"south\"] }\n  labels "));
        terraform.applies().succeeds();
        long seq = east.sees("east").path("seq").asLong();
        assertThat(east.sees("west").path("holdsSeq").asLong()).isPositive().isLessThanOrEqualTo(seq);
        terraform.hasNothingToDo();
    }

    @Test
    void whoIsWaitedForAndDoesNotComeIsNamedAndWhatWasMadeIsKept() throws Exception {
        // Given
        String waiting = EXPORT.replace(
                "labels ",
                "wait_for = { clusters = [\"west\", \"mars\"] }\n  timeouts = { create = \"1s\" }\n  labels ");
        terraform.writes("main.tf", waiting);
        // When
        assertThat(terraform.applies().fails().output()).contains("Cluster mars is no member", "timeouts.create");
        // Then
        assertThat(spec("ServiceExport", "checkout").at("/labels/team").asText())
                .isEqualTo("payments");
        assertThat(terraform.runs("state", "list").succeeds().output()).contains("tombolo_service_export.checkout");
        terraform.destroys().succeeds();
    }

    @Test
    void aPolicyForAllIsWaitedForToo() throws Exception {
        // Given
        String waiting = """
                resource "tombolo_failover_policy" "all" {
                  name      = "tf-all"
                  namespace = "tombolo-system"
                  tiers     = [{ local = true }, { clusters = { any = true } }]
                  wait_for  = { clusters = ["mars"] }
                  timeouts  = { create = "1s" }
                }
                """;
        terraform.writes("main.tf", waiting);
        // When it is for this cluster alone
        assertThat(terraform.plans().fails().output()).contains("Nobody to wait for", "on main.tf line");
        // When it is for all
        terraform.writes("main.tf", waiting.replace("timeouts ", "scope = \"Federation\"\n  timeouts "));
        assertThat(terraform.applies().fails().output()).contains("Cluster mars is no member");
        // Then
        terraform.destroys().succeeds();
    }

    @Test
    void whatIsNotKnownBeforeItIsAppliedIsPlannedAsUnknown() throws Exception {
        terraform.writes("main.tf", """
                resource "terraform_data" "made" { input = "tf-made" }
                resource "tombolo_service_export" "made" {
                  name      = terraform_data.made.output
                  namespace = "tf"
                  ports     = [for p in [terraform_data.made.output] : { port = length(p), name = p }]
                }
                """);
        assertThat(terraform.plans().succeeds().output()).contains("(known after apply)");
        terraform.applies().succeeds();
        assertThat(spec("ServiceExport", "tf-made").at("/ports/0/port").asInt()).isEqualTo(7);
        terraform.hasNothingToDo();
    }

    @Test
    void anApiThatDoesNotAnswerIsAWarningWhereNothingNeedsItAndElseAnErrorThatSaysWhatToDo() throws Exception {
        try (var cut = Terraform.ofNobody(east, directory, FreePorts.one())) {
            cut.writes("main.tf", EXPORT);
            assertThat(cut.plans().succeeds().output()).contains("could not be checked", "endpoint", "1 to add");
            assertThat(cut.applies().fails().output()).contains("The API cannot be reached", "check `endpoint`");
        }
    }
}
