package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tombolo.cli.context.Context;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.PackagedProvider;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.Terraform;
import io.tombolo.it.actors.ThreeClusters;
import io.tombolo.trustbundle.pem.Pem;
import io.tombolo.trustbundle.tls.CertifiedKey;
import io.tombolo.trustbundle.tls.FixedKeyManager;
import io.tombolo.trustbundle.x509.LoopbackCertificate;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The provider as users install it, each time started by the real command. */
@ExtendWith(ThreeClusters.Shared.class)
class PackagedProviderIT {
    private static final String MANY = """
            resource "tombolo_service_export" "many" {
              count     = 10
              name      = "packed-${count.index}"
              namespace = "tfp"
              ports     = [{ port = 80 }]
            }
            """;

    private static final Pattern README_WALK = Pattern.compile("## Terraform\n.*?```\n(.*?)```", Pattern.DOTALL);

    private Operator east;

    @BeforeEach
    void ofEast(ThreeClusters three) {
        Terraform.isHere();
        PackagedProvider.isHere();
        east = three.east().operator();
    }

    @AfterEach
    void leaveItWhole() {
        if (east != null) {
            east.api()
                    .get("/resources/ServiceExport?namespace=tfp")
                    .forEach(left -> east.api()
                            .delete("/resources/ServiceExport/tfp/"
                                    + left.at("/metadata/name").asText()));
        }
    }

    @Test
    void itIsInstalledFromAMirrorPackedOrUnpackedWithTheSameHash(
            @TempDir Path one, @TempDir Path other, @TempDir Path tree) throws Exception {
        // Given a mirror of each kind
        try (var packed = Terraform.installing(east, PackagedProvider.mirror(), one);
                var unpacked = Terraform.installing(east, PackagedProvider.unpacked(tree), other)) {
            packed.writes("main.tf", MANY);
            // When both are initialized
            packed.runs("init", "-no-color").succeeds();
            unpacked.runs("init", "-no-color").succeeds();
            // Then the lock files agree
            String lock = ".terraform.lock.hcl";
            assertThat(hashes(one.resolve(lock))).isNotEmpty().isEqualTo(hashes(other.resolve(lock)));
            // And it works: everything is made, nothing is left to do, everything goes
            assertThat(packed.applies().succeeds().output()).contains("10 added");
            packed.hasNothingToDo();
            assertThat(packed.destroys().succeeds().output()).contains("10 destroyed");
        }
    }

    private static List<String> hashes(Path lock) throws Exception {
        return Files.readAllLines(lock).stream()
                .filter(line -> line.contains("h1:"))
                .map(String::strip)
                .toList();
    }

    @Test
    void aProviderWhoseTerraformIsKilledEndsByItself(@TempDir Path directory) throws Exception {
        // Given an apply that waits for a cluster which does not come
        try (var terraform = Terraform.installing(east, PackagedProvider.mirror(), directory)) {
            terraform.writes("main.tf", "resource \"tombolo_cluster\" \"mars\" {\n  name = \"mars\"\n}\n");
            terraform.runs("init", "-no-color").succeeds();
            Path output = directory.resolve("apply.log");
            Process apply = terraform.begins(output, "apply", "-auto-approve", "-no-color");
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> Files.readString(output).contains("Creating..."));
                List<ProcessHandle> providers = apply.descendants()
                        .filter(one -> Optional.ofNullable(
                                        one.info().commandLine().orElse(null))
                                .filter(line -> line.contains("terraform.boot.Main"))
                                .isPresent())
                        .toList();
                assertThat(providers).isNotEmpty();
                // When Terraform is killed
                apply.destroyForcibly();
                // Then nothing of it is left
                Awaitility.await()
                        .atMost(Duration.ofSeconds(20))
                        .until(() -> providers.stream().noneMatch(ProcessHandle::isAlive));
            } finally {
                apply.descendants().forEach(ProcessHandle::destroyForcibly);
                apply.destroyForcibly();
            }
        }
    }

    @Test
    void ctrlCOnATerminalEndsTheWaitAndKeepsTheStateOfWhatWasMade(@TempDir Path directory) throws Exception {
        // Given an apply that has made an export, and waits for a cluster which does not come
        try (var terraform = Terraform.installing(east, PackagedProvider.mirror(), directory)) {
            terraform.writes(
                    "main.tf",
                    MANY.replace("count     = 10", "count     = 1")
                            + "resource \"tombolo_cluster\" \"mars\" {\n  name = \"mars\"\n"
                            + "  depends_on = [tombolo_service_export.many]\n}\n");
            terraform.runs("init", "-no-color").succeeds();
            Path output = directory.resolve("apply.log");
            Process apply = terraform.beginsOnATerminal(output, "apply", "-auto-approve", "-no-color");
            try {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> Files.readString(output).contains("tombolo_cluster.mars: Creating..."));
                // When somebody presses Ctrl-C
                apply.getOutputStream().write(3);
                apply.getOutputStream().flush();
                // Then it ends soon, in good order
                assertThat(apply.waitFor(30, TimeUnit.SECONDS))
                        .as(Files.readString(output))
                        .isTrue();
                assertThat(Files.readString(output))
                        .contains("has not joined")
                        .doesNotContain("Plugin did not respond");
                // And what was made is in the state
                assertThat(terraform.runs("state", "list").succeeds().output())
                        .contains("tombolo_service_export.many[0]");
            } finally {
                apply.descendants().forEach(ProcessHandle::destroyForcibly);
                apply.destroyForcibly();
            }
        }
    }

    /** But that the provider is packed already, that nobody is there to say yes, and that no file of the checkout is changed. */
    @Test
    void theReadmesWalkRunsAsItIsTyped(@TempDir Path home) throws Exception {
        // Given
        Path checkout = Terminal.checkout();
        Path local = Files.createDirectories(home.resolve("terraform/examples/local"));
        Files.copy(checkout.resolve("terraform/examples/local/main.tf"), local.resolve("main.tf"));
        Files.createDirectories(home.resolve("terraform/provider"));
        Files.createSymbolicLink(
                home.resolve("terraform/provider/target"), checkout.resolve("terraform/provider/target"));
        var terminal = new Terminal(home)
                .with("TOMBOLO_CONTEXTS", east.contexts().toString())
                .with("TF_VAR_namespace", "tfp");
        String walk = README_WALK
                .matcher(Files.readString(checkout.resolve("README.md")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        String typed = walk.lines()
                .filter(line -> !line.startsWith("./mvnw"))
                .collect(Collectors.joining("\n"))
                .replace("./tombolo", "tombolo")
                .replace("terraform apply", "terraform apply -auto-approve");
        assertThat(typed).contains("TF_CLI_CONFIG_FILE", "context env", "terraform init");
        // When
        terminal.sh("set -e\n" + typed).ok();
        // Then
        assertThat(east.api()
                        .get("/resources/FailoverPolicy/tfp/basket")
                        .at("/spec/hold")
                        .asText())
                .isEqualTo("10s");
        // When it is taken back
        terminal.sh("set -e\n" + typed.replaceAll("terraform init && terraform apply", "terraform destroy"))
                .ok();
        // Then
        assertThat(east.api().get("/resources/ServiceExport?namespace=tfp")).isEmpty();
    }

    @Deep
    @Test
    void itSpeaksNothingOlderThanTls13ToAnApi(@TempDir Path directory) throws Exception {
        // Given an API that speaks TLS 1.2 alone
        var own = LoopbackCertificate.generate(Instant.now());
        var asked = new AtomicInteger();
        HttpsServer old = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        old.setHttpsConfigurator(new HttpsConfigurator(tls(own)) {
            @Override
            public void configure(HttpsParameters connection) {
                SSLParameters parameters = getSSLContext().getDefaultSSLParameters();
                parameters.setProtocols(new String[] {"TLSv1.2"});
                connection.setSSLParameters(parameters);
            }
        });
        old.createContext("/", exchange -> asked.incrementAndGet());
        old.start();
        try (var terraform = Terraform.installing(east, PackagedProvider.mirror(), directory)) {
            Files.writeString(directory.resolve("ca.pem"), Pem.write(own.certificate()));
            terraform.writes("main.tf", """
                    provider "tombolo" {
                      endpoint       = "https://localhost:%d"
                      ca_certificate = file("ca.pem")
                    }
                    data "tombolo_clusters" "all" {}
                    """.formatted(old.getAddress().getPort()));
            terraform.runs("init", "-no-color").succeeds();
            // When
            String said = terraform.plans().fails().output();
            // Then
            assertThat(said).contains("protocol_version");
            assertThat(asked).hasValue(0);
        } finally {
            old.stop(0);
        }
    }

    private static SSLContext tls(LoopbackCertificate own) throws GeneralSecurityException {
        SSLContext tls = SSLContext.getInstance("TLS");
        var shown = new CertifiedKey(List.of(own.certificate()), own.privateKey());
        tls.init(new KeyManager[] {new FixedKeyManager(shown)}, null, null);
        return tls;
    }

    @Deep
    @Test
    void eachAliasIsAClusterOfItsOwn(ThreeClusters three, @TempDir Path directory) throws Exception {
        Context west = three.west().operator().api().context();
        try (var terraform = Terraform.installing(east, PackagedProvider.mirror(), directory)) {
            terraform.writes("main.tf", """
                    provider "tombolo" {
                      alias      = "west"
                      endpoint   = "%s"
                      ca_pin     = "%s"
                      token_file = "%s"
                    }
                    data "tombolo_clusters" "of_east" {}
                    data "tombolo_clusters" "of_west" { provider = tombolo.west }
                    output "own" {
                      value = [for all in [data.tombolo_clusters.of_east, data.tombolo_clusters.of_west] :
                        one([for c in all.clusters : c.cluster if c.local])]
                    }
                    """.formatted(west.api(), west.caPin(), west.tokenFile()));
            terraform.runs("init", "-no-color").succeeds();
            terraform.applies().succeeds();
            assertThat(terraform.output("own").toString()).isEqualTo("[\"east\",\"west\"]");
        }
    }

    @Deep
    @Test
    void twoHundredAreMadeAndGoInParallel(@TempDir Path directory) throws Exception {
        try (var terraform = Terraform.of(east, directory)) {
            terraform.writes("main.tf", MANY.replace("count     = 10", "count     = 200"));
            assertThat(terraform.applies().succeeds().output()).contains("200 added");
            terraform.hasNothingToDo();
            assertThat(IntStream.range(0, 200))
                    .allMatch(i -> east.api()
                                    .get("/resources/ServiceExport/tfp/packed-" + i)
                                    .at("/spec/ports/0/port")
                                    .asInt()
                            == 80);
            assertThat(terraform.destroys().succeeds().output()).contains("200 destroyed");
        }
    }
}
