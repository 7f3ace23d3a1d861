package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.ModuleTests;
import io.tombolo.it.actors.PublishedBindings;
import io.tombolo.it.actors.SchemaStub;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.Terraform;
import io.tombolo.terraform.mesh.Tombolo;
import io.tombolo.terraform.wire.PluginServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Modules for clouds whose providers are not on this machine, against names, types and blocks of their resources from
 * published bindings. Needs npm and its registry.
 */
@Deep
class OtherCloudsIT {
    private static final String GOOGLE = "registry.terraform.io/hashicorp/google";
    private static final String AZURE = "registry.terraform.io/hashicorp/azurerm";
    private static final String OWN = "registry.terraform.io/tombolo/tombolo";
    private static final List<String> OF_GOOGLE = List.of(
            "provider",
            "compute-network",
            "compute-subnetwork",
            "compute-address",
            "compute-router",
            "compute-router-nat",
            "compute-health-check",
            "compute-region-health-check",
            "compute-region-backend-service",
            "compute-forwarding-rule",
            "compute-firewall",
            "compute-disk",
            "compute-instance",
            "compute-instance-template",
            "compute-region-instance-group-manager",
            "compute-region-autoscaler",
            "service-account",
            "secret-manager-secret",
            "secret-manager-secret-version",
            "secret-manager-secret-iam-member");

    private static final List<String> OF_AZURE = List.of(
            "provider",
            "resource-group",
            "virtual-network",
            "subnet",
            "public-ip",
            "nat-gateway",
            "nat-gateway-public-ip-association",
            "subnet-nat-gateway-association",
            "lb",
            "lb-backend-address-pool",
            "lb-probe",
            "lb-rule",
            "application-security-group",
            "network-security-group",
            "subnet-network-security-group-association",
            "network-security-rule",
            "user-assigned-identity",
            "key-vault",
            "key-vault-access-policy",
            "key-vault-secret",
            "managed-disk",
            "network-interface",
            "network-interface-application-security-group-association",
            "linux-virtual-machine",
            "virtual-machine-data-disk-attachment",
            "linux-virtual-machine-scale-set");

    private static final String LINKED = """

            mock_provider "tombolo" {}

            run "each_site_lets_in_where_the_others_come_from" {
              assert {
                condition     = length(output.egress_cidrs.west) == 3
                error_message = "the site on AWS does not call from its two zones' and its controller's addresses"
              }
              assert {
                condition     = length(output.egress_cidrs.south) == 2
                error_message = "the site on Google Cloud does not call from its NAT's and its controller's addresses"
              }
              assert {
                condition     = jsonencode(merge(local.east, local.south)) == jsonencode({ east = "203.0.113.7/32", south-0 = "203.0.113.20/32", south-1 = "203.0.113.20/32" })
                error_message = "the site on AWS lets others in"
              }
            }
            """;

    @Test
    void theExampleThatLinksTwoCloudsAndAnOwnSiteIsValid(@TempDir Path dir, @TempDir Path npm) throws Exception {
        Terraform.isHere();
        ModuleTests.awsIsHere();
        var schemas = PublishedBindings.of("@cdktf/provider-google@16.12.1", OF_GOOGLE, npm);
        try (var stub = SchemaStub.of("google", schemas);
                var tombolo = PluginServer.open(new Tombolo(Map.of()))) {
            var tests = new ModuleTests(dir, Map.of(GOOGLE, stub.port(), OWN, tombolo.port()));
            tests.isValid("examples/three-sites");
            // And, without the token, which mocks cannot make: each site lets in where the others come from
            tests.writes("examples/three-sites/main.tf", withoutToken());
            tests.writes(
                    "examples/three-sites/tests/linked.tftest.hcl",
                    mocks("aws-site/tests/aws_site") + mocks("gcp-site/tests/gcp_site") + LINKED);
            tests.passes("examples/three-sites");
        }
    }

    private static String withoutToken() throws IOException {
        return Files.readString(Terminal.checkout().resolve("terraform/examples/three-sites/main.tf"))
                .replaceAll("(?s)ephemeral \"tombolo_join_token\".*?\n}\n", "")
                .replaceAll("ephemeral\\.tombolo_join_token\\S+", "\"not-a-token\"");
    }

    private static String mocks(String test) throws IOException {
        String text = Files.readString(Terminal.checkout().resolve("terraform/modules/" + test + ".tftest.hcl"));
        return text.substring(0, text.indexOf("\nvariables {"));
    }

    @Test
    void aSiteOnAzureFitsTheNamesAndTypesOfAzuresProvider(@TempDir Path dir, @TempDir Path npm) throws Exception {
        Terraform.isHere();
        var schemas = PublishedBindings.of("@cdktf/provider-azurerm@14.23.1", OF_AZURE, npm);
        try (var stub = SchemaStub.of("azurerm", schemas);
                var tombolo = PluginServer.open(new Tombolo(Map.of()))) {
            var tests = new ModuleTests(dir, Map.of(AZURE, stub.port(), OWN, tombolo.port()));
            tests.passes("modules/azure-site");
            tests.isValid("modules/azure-site/examples/site");
        }
    }

    @Test
    void aSiteOnGoogleCloudFitsTheNamesAndTypesOfGooglesProvider(@TempDir Path dir, @TempDir Path npm)
            throws Exception {
        Terraform.isHere();
        var schemas = PublishedBindings.of("@cdktf/provider-google@16.12.1", OF_GOOGLE, npm);
        try (var stub = SchemaStub.of("google", schemas);
                var tombolo = PluginServer.open(new Tombolo(Map.of()))) {
            var tests = new ModuleTests(dir, Map.of(GOOGLE, stub.port(), OWN, tombolo.port()));
            tests.passes("modules/gcp-site");
            tests.isValid("modules/gcp-site/examples/site");
            // And a name that the provider does not know is found
            Path firewall = dir.resolve("terraform/modules/gcp-site/network.tf");
            Files.writeString(
                    firewall,
                    Files.readString(Terminal.checkout().resolve("terraform/modules/gcp-site/network.tf"))
                            .replace("source_ranges ", "source_rages "));
            assertThat(tests.runs("modules/gcp-site", "validate", "-no-color")
                            .fails()
                            .output())
                    .contains("source_rages", "network.tf");
        }
    }
}
