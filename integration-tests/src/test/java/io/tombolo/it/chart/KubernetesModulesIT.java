package io.tombolo.it.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Service;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.ModuleTests;
import io.tombolo.it.actors.PublishedBindings;
import io.tombolo.it.actors.SchemaStub;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.Terraform;
import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.wire.PluginServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The modules for clusters on Kubernetes, against names, types and blocks of resources from published bindings, AWS's against its
 * provider itself. What they give for the gateways is rendered with the chart. Needs npm and its registry.
 */
@Deep
@SuppressWarnings("NullAway.Init") // made before all tests
class KubernetesModulesIT {
    private static final String SOURCE = "registry.terraform.io/hashicorp/";
    private static final Chart CHART = new Chart(Terminal.checkout().resolve("deploy/helm/tombolo"));
    private static final Pattern SAID = Pattern.compile("said:([A-Za-z0-9+/=]+)");

    private static final List<String> OF_GOOGLE = List.of(
            "provider",
            "compute-network",
            "compute-subnetwork",
            "compute-address",
            "compute-router",
            "compute-router-nat",
            "compute-firewall",
            "service-account",
            "project-iam-member",
            "container-cluster",
            "container-node-pool");

    private static final List<String> OF_AZURE = List.of(
            "provider",
            "resource-group",
            "virtual-network",
            "subnet",
            "public-ip",
            "nat-gateway",
            "nat-gateway-public-ip-association",
            "subnet-nat-gateway-association",
            "user-assigned-identity",
            "role-assignment",
            "kubernetes-cluster");

    @TempDir
    private static Path npm;

    @TempDir
    private Path dir;

    @TempDir
    private Path scratch;

    private static SchemaStub helm;
    private static SchemaStub kubernetes;
    private static PluginServer tombolo;

    @BeforeAll
    static void serve() throws Exception {
        Terraform.isHere();
        helm = SchemaStub.of(
                "helm",
                PublishedBindings.withoutBlocks(
                        "@cdktf/provider-helm@12.1.2",
                        List.of("provider", "release"),
                        Files.createDirectories(npm.resolve("helm"))));
        kubernetes = stub(
                "kubernetes",
                "@cdktf/provider-kubernetes@12.1.1",
                List.of("provider", "namespace-v1", "secret-v1", "storage-class-v1"));
        tombolo = PluginServer.open(new Tombolo(Map.of()));
    }

    @AfterAll
    static void end() {
        helm.close();
        kubernetes.close();
        tombolo.close();
    }

    private static SchemaStub stub(String provider, String bindings, List<String> resources) throws Exception {
        Path bindingsOfIt = Files.createTempDirectory(npm, provider);
        return SchemaStub.of(provider, PublishedBindings.of(bindings, resources, bindingsOfIt));
    }

    private ModuleTests with(Map<String, Integer> more) throws IOException {
        var served = new HashMap<>(more);
        served.put(SOURCE + "helm", helm.port());
        served.put(SOURCE + "kubernetes", kubernetes.port());
        served.put("registry.terraform.io/tombolo/tombolo", tombolo.port());
        return new ModuleTests(dir, served);
    }

    @Test
    void whatIsInstalledFitsTheNamesAndTypesOfBothProviders() throws Exception {
        var tests = with(Map.of());
        tests.passes("modules/kubernetes");
        tests.isValid("modules/kubernetes/examples/cluster");
        // And a name that the provider does not know is found
        tests.writes(
                "modules/kubernetes/main.tf",
                Files.readString(Terminal.checkout().resolve("terraform/modules/kubernetes/main.tf"))
                        .replace("data_wo_revision", "data_wo_version"));
        assertThat(tests.runs("modules/kubernetes", "validate", "-no-color")
                        .fails()
                        .output())
                .contains("data_wo_version", "main.tf");
    }

    @Test
    void aClusterOnEksFitsTheSchemaOfAwssProvider() throws Exception {
        ModuleTests.awsIsHere();
        var tests = with(Map.of());
        Service gateway = gateway(tests, "aws-eks", "aws_eks");
        assertThat(gateway.getSpec().getType()).isEqualTo("NodePort");
        assertThat(gateway.getSpec().getPorts())
                .allMatch(port -> List.of(31443, 31521).contains(port.getNodePort()))
                .hasSize(2);
    }

    @Test
    void aClusterOnGkeFitsTheNamesAndTypesOfGooglesProvider() throws Exception {
        try (var google = stub("google", "@cdktf/provider-google@16.12.1", OF_GOOGLE)) {
            Service gateway = gateway(with(Map.of(SOURCE + "google", google.port())), "gcp-gke", "gcp_gke");
            assertThat(gateway.getMetadata().getAnnotations())
                    .containsEntry("networking.gke.io/load-balancer-ip-addresses", "tombolo-west-gateways");
            assertThat(gateway.getSpec().getLoadBalancerSourceRanges()).containsExactly("203.0.113.7/32");
        }
    }

    @Test
    void aClusterOnAksFitsTheNamesAndTypesOfAzuresProvider() throws Exception {
        try (var azure = stub("azurerm", "@cdktf/provider-azurerm@14.23.1", OF_AZURE)) {
            Service gateway = gateway(with(Map.of(SOURCE + "azurerm", azure.port())), "azure-aks", "azure_aks");
            assertThat(gateway.getMetadata().getAnnotations())
                    .containsEntry("service.beta.kubernetes.io/azure-pip-name", "tombolo-west-gateways");
            assertThat(gateway.getSpec().getLoadBalancerSourceRanges()).containsExactly("203.0.113.7/32");
        }
    }

    private static final String LINKED = """

            mock_provider "tombolo" {}
            mock_provider "helm" { alias = "west" }
            mock_provider "helm" { alias = "south" }
            mock_provider "kubernetes" { alias = "west" }
            mock_provider "kubernetes" { alias = "south" }

            run "each_cluster_lets_in_where_the_others_come_from" {
              assert {
                condition     = toset(module.gke.gateway.service.source_ranges) == toset(["203.0.113.7/32", "203.0.113.30/32"])
                error_message = "the cluster on GKE lets others in"
              }
              assert {
                condition     = jsonencode(merge(local.east, local.south)) == jsonencode({ east = "203.0.113.7/32", south-0 = "203.0.113.20/32" })
                error_message = "the cluster on EKS lets others in"
              }
              assert {
                condition     = jsonencode(output.gateways) == jsonencode({ south = "203.0.113.20:15443", west = "nlb.example.org:15443" })
                error_message = "gateways are installed with other addresses"
              }
            }
            """;

    @Test
    void theExampleWithTwoClustersAndAnOwnSiteIsValidAndLinksThem() throws Exception {
        ModuleTests.awsIsHere();
        String example = "examples/two-kubernetes";
        try (var google = stub("google", "@cdktf/provider-google@16.12.1", OF_GOOGLE)) {
            var tests = with(Map.of(SOURCE + "google", google.port()));
            tests.isValid(example);
            // And, without the token, which mocks cannot make
            String main = Files.readString(
                    Terminal.checkout().resolve("terraform").resolve(example).resolve("main.tf"));
            tests.writes(
                    example + "/main.tf",
                    main.replaceAll("(?s)ephemeral \"tombolo_join_token\".*?\n}\n", "")
                            .replaceAll("ephemeral\\.tombolo_join_token\\S+", "\"not-a-token\""));
            tests.writes(
                    example + "/tests/linked.tftest.hcl",
                    mocks("modules/aws-eks", "aws_eks") + mocks("modules/gcp-gke", "gcp_gke") + LINKED);
            tests.passes(example);
        }
    }

    private static String mocks(String module, String test) throws IOException {
        String own = own(module, test);
        return own.substring(0, own.indexOf("\nvariables {"));
    }

    private static String own(String module, String test) throws IOException {
        return Files.readString(Terminal.checkout().resolve("terraform/" + module + "/tests/" + test + ".tftest.hcl"));
    }

    /** The Service that comes of a module whose tests pass and whose example is valid. */
    private Service gateway(ModuleTests tests, String module, String test) throws Exception {
        tests.passes("modules/" + module);
        tests.isValid("modules/" + module + "/examples/cluster");
        JsonNode said = said(tests, "modules/" + module, test);
        String values = new ModuleValues(tests)
                .of(Map.of(
                        "name", "west",
                        "chart", Map.of("name", "tombolo"),
                        "image", Map.of("repository", "registry.example.org/tombolo"),
                        "gateway", new ObjectMapper().convertValue(said, Map.class)));
        Chart.Rendered rendered = CHART.rendered(scratch, values);
        assertThat(rendered.text())
                .contains("gateway.advertise=" + said.path("advertise").asText());
        Service gateway = rendered.the(Service.class, "tombolo-gateway");
        assertThat(gateway.getSpec().getExternalTrafficPolicy()).isEqualTo("Local");
        return gateway;
    }

    /** The output {@code gateway}, with the mocked answers and variables of the module's own tests: a failing assertion says it. */
    private static JsonNode said(ModuleTests tests, String module, String test) throws Exception {
        String own = own(module, test);
        tests.writes(module + "/tests/said.tftest.hcl", own.substring(0, own.indexOf("\nrun ")) + """

                run "said" {
                  assert {
                    condition     = output.gateway == null
                    error_message = "said:${base64encode(jsonencode(output.gateway))}"
                  }
                }
                """);
        String output = tests.runs(module, "test", "-no-color", "-filter=tests/said.tftest.hcl")
                .fails()
                .output();
        Matcher found = SAID.matcher(output);
        assertThat(found.find()).as(output).isTrue();
        byte[] json = Base64.getDecoder().decode(found.group(1));
        return new ObjectMapper().readTree(new String(json, StandardCharsets.UTF_8));
    }
}
