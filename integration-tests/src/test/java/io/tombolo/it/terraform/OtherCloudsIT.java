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
    private static final List<String> OF_GOOGLE = List.of(
            "compute-network",
            "compute-subnetwork",
            "compute-address",
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
            "resource-group",
            "virtual-network",
            "subnet",
            "public-ip",
            "lb",
            "lb-backend-address-pool",
            "lb-probe",
            "lb-rule",
            "lb-outbound-rule",
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

    @Test
    void theExampleThatLinksTwoCloudsAndAnOwnSiteIsValid(@TempDir Path dir, @TempDir Path npm) throws Exception {
        Terraform.isHere();
        ModuleTests.awsIsHere();
        var schemas = PublishedBindings.of("@cdktf/provider-google@16.12.1", OF_GOOGLE, npm);
        try (var stub = SchemaStub.of(schemas);
                var tombolo = PluginServer.open(new Tombolo(Map.of()))) {
            new ModuleTests(dir, Map.of(GOOGLE, stub.port(), "registry.terraform.io/tombolo/tombolo", tombolo.port()))
                    .isValid("examples/three-sites");
        }
    }

    @Test
    void aSiteOnAzureFitsTheNamesAndTypesOfAzuresProvider(@TempDir Path dir, @TempDir Path npm) throws Exception {
        Terraform.isHere();
        var schemas = PublishedBindings.of("@cdktf/provider-azurerm@14.23.1", OF_AZURE, npm);
        try (var stub = SchemaStub.of(schemas)) {
            new ModuleTests(dir, Map.of(AZURE, stub.port())).passes("modules/azure-site");
        }
    }

    @Test
    void aSiteOnGoogleCloudFitsTheNamesAndTypesOfGooglesProvider(@TempDir Path dir, @TempDir Path npm)
            throws Exception {
        Terraform.isHere();
        var schemas = PublishedBindings.of("@cdktf/provider-google@16.12.1", OF_GOOGLE, npm);
        try (var stub = SchemaStub.of(schemas)) {
            var tests = new ModuleTests(dir, Map.of(GOOGLE, stub.port()));
            tests.passes("modules/gcp-site");
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
