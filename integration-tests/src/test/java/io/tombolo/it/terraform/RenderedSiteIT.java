package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tombolo.it.actors.Backbone;
import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.EchoApp;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.ModuleTests;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.RenderedSite;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.Terraform;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the module `site` renders is run for real: its files are written, its commands run, its units started. */
@Beside
class RenderedSiteIT {
    private static final Pattern TOKEN = Pattern.compile("tmb1_[A-Za-z0-9_-]{20}");

    @Test
    void everyProgramTakesTheFileThatIsRenderedForIt(@TempDir Path terraform) throws Exception {
        Terraform.isHere();
        Terminal.assumeInstalled("curl", "jq", "tar", "sha256sum");
        Path dir = Scratch.directory("boot");
        try (Backbone backbone = Backbone.start();
                var site = new RenderedSite(dir, "mars")) {
            // Given a release, and the document of a site that joins nobody
            Path archive = dir.resolve("tombolo.tar");
            String userData = renderedAlone(site, terraform, archive, site.archivesTheCommand(archive));
            // When a machine boots with it
            var boot = new FutureTask<>(() -> site.boots(userData));
            Thread.ofVirtual().start(boot);
            // Then its controller runs, and the others wait for a federation that gives them names
            Awaitility.await()
                    .atMost(1, TimeUnit.MINUTES)
                    .until(() -> site.says("waiting for `tombolo init` or `tombolo join`"));
            assertThat(site.running()).containsExactly("tombolo-controller.service");
            // When its operator founds one
            site.operator().founds("acme", backbone.connectionFile());
            boot.get(2, TimeUnit.MINUTES);
            // Then the controller knows the others by the names that their files give them
            for (String name : List.of("tombolo-system/sa/gateway", "shop/sa/checkout")) {
                String registered = "id=spiffe://mars.acme.tombolo/ns/" + name + " proxy registered";
                Awaitility.await(name)
                        .atMost(1, TimeUnit.MINUTES)
                        .until(() -> site.log("tombolo-controller.service").contains(registered));
            }
            // And they have nothing against those files
            for (String proxy : List.of("tombolo-gateway.service", "tombolo-sidecar@checkout.service")) {
                assertThat(site.running()).contains(proxy);
                assertThat(site.log(proxy)).doesNotContain("TB-");
            }
            // And systemd waits longer than the gateway needs
            Duration deadline = Duration.parse(
                    "PT" + value(Files.readString(site.path("config/gateway.properties")), "gateway.drain.deadline"));
            assertThat(Duration.ofSeconds(Long.parseLong(site.unit("tombolo-gateway.service", "TimeoutStopSec"))))
                    .isGreaterThan(deadline);
        }
    }

    @Test
    void systemdKnowsEveryKeyOfTheUnits() throws Exception {
        Terminal.assumeInstalled("systemd-analyze");
        Path dir = Scratch.directory("units");
        try (var site = new RenderedSite(dir, "mars")) {
            site.installs();
            assertThat(site.systemdRefuses()).isEmpty();
        }
    }

    private static int status(int port, String page) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page));
            return client.send(request.build(), BodyHandlers.discarding()).statusCode();
        }
    }

    private static String value(String properties, String key) throws IOException {
        var all = new Properties();
        all.load(new StringReader(properties));
        return all.getProperty(key);
    }

    @Deep
    @Test
    void aMachineThatBootsWithItJoinsServesAndDoesSoAgainAfterThePowerWasGone() throws Exception {
        Terraform.isHere();
        Terminal.assumeInstalled("curl", "jq", "tar", "sha256sum");
        Path dir = Scratch.directory("site");
        try (Federation federation = Federation.linked(Map.of("east", "eu"));
                var site = new RenderedSite(dir, "pluto");
                EchoApp app = EchoApp.start("pluto checkout-1")) {
            // Given a release, a token at the place that the document names, and the document
            var east = federation.cluster("east");
            east.startsGateway("gateway");
            Path archive = dir.resolve("tombolo.tar");
            String sha256 = site.archives(archive);
            String userData = rendered(east.operator(), site, dir, archive, sha256, app.port());
            assertThat(userData).doesNotContainPattern(TOKEN);
            site.gets(east.operator().invites("pluto"));
            // When a machine boots with it
            site.boots(userData);
            // Then its programs run, and no token is left anywhere
            assertThat(site.running())
                    .containsExactly(
                            "tombolo-controller.service",
                            "tombolo-gateway.service",
                            "tombolo-sidecar@checkout.service");
            assertThat(Files.exists(site.path("join.token"))).isFalse();
            // And what it exports answers to another cluster
            site.operator().exports("shop", "checkout");
            Caller caller = east.startsCaller("shop", "frontend", "checkout.shop:80", Map.of());
            caller.awaitsAnswerOf("pluto checkout-1");
            assertThat(site.keeps(TOKEN)).isFalse();
            // When one more machine boots as a gateway
            try (var further = new RenderedSite(Files.createDirectories(dir.resolve("further")), "pluto")) {
                int health = FreePorts.one();
                further.boots(renderedGateway(east.operator(), further, site, archive, sha256, health));
                // Then both are gateways of the site, and it took one of the tokens that the controller laid out
                assertThat(further.running()).containsExactly("tombolo-gateway.service");
                east.operator().awaitsGateways("pluto", 2);
                // And a load balancer hears that connections may come
                assertThat(status(health, "/readyz")).isEqualTo(200);
                assertThat(status(health, "/metrics")).isEqualTo(404);
                assertThat(further.keeps(Pattern.compile("tmw1_[A-Za-z0-9_-]{20}")))
                        .isFalse();
            }
            // When the power goes, and it boots again
            site.losesPower();
            site.boots(userData);
            // Then it did not join again, and answers
            assertThat(site.running()).hasSize(3);
            caller.awaitsAnswerOf("pluto checkout-1");
        }
    }

    private static String renderedAlone(RenderedSite site, Path terraform, Path archive, String sha256)
            throws Exception {
        var modules = new ModuleTests(terraform, Map.of());
        modules.writes(
                "boot/main.tf", """
                module "site" {
                  source    = "../modules/site"
                  cluster   = "mars"
                  region    = "eu"
                  zone      = "eu-1"
                  labels    = { residency = "eu", "example.org/tier" = "gold" }
                  advertise = "127.0.0.1"
                  user      = "%s"
                  release   = { url = "file://%s", sha256 = "%s" }
                  paths     = { home = "%4$s/home", config = "%4$s/config", state = "%4$s/state", units = "%4$s/units" }
                  gateway = {
                    host           = "127.0.0.1"
                    port           = %d
                    health_port    = %d
                    announce_after = "80s"
                    settings       = { "admin.port" = "0", "health.host" = "127.0.0.1" }
                  }
                  controller_settings = {
                    "allow-loopback-gateways" = "true"
                    "api.port"                = "%d"
                    "proxies.port"            = "%d"
                    "enrolment.port"          = "%d"
                  }
                  sidecars = {
                    checkout = {
                      namespace = "shop", account = "checkout", service = "checkout"
                      service_port = 80, app_port = 8080, binds = { "stock.shop:80" = "127.0.0.1:%d" }
                      host = "127.0.0.1", port = 0, outbound = 0, admin = 0
                    }
                  }
                }
                output "user_data" { value = module.site.user_data }
                """.replace("%4$s", site.path("").toString().replaceAll("/$", "")).formatted(
                        System.getProperty("user.name"),
                        archive,
                        sha256,
                        FreePorts.one(),
                        FreePorts.one(),
                        FreePorts.one(),
                        FreePorts.one(),
                        FreePorts.one(),
                        FreePorts.one()));
        modules.runs("boot", "init", "-no-color").succeeds();
        modules.runs("boot", "apply", "-auto-approve", "-no-color").succeeds();
        String json =
                modules.runs("boot", "output", "-json", "user_data").succeeds().output();
        return new ObjectMapper().readTree(json).asText();
    }

    private static String rendered(Operator east, RenderedSite site, Path dir, Path archive, String sha256, int port)
            throws Exception {
        Path root = Files.createDirectories(dir.resolve("root"));
        try (var terraform = Terraform.of(east, root)) {
            terraform.writes("main.tf", """
                    module "site" {
                      source    = "%s"
                      cluster   = "pluto"
                      region    = "eu"
                      advertise = "127.0.0.1"
                      user      = "%s"
                      release   = { url = "file://%s", sha256 = "%s" }
                      secrets   = { join = "%s", gateway = "%s" }
                      gateway   = { host = "127.0.0.1", port = %d, settings = { "admin.port" = "0" } }
                      paths = {
                        home   = "%s"
                        config = "%s"
                        state  = "%s"
                        units  = "%s"
                      }
                      controller_settings = {
                        "allow-loopback-gateways" = "true"
                        "api.port"                = "%d"
                        "proxies.port"            = "%d"
                        "enrolment.port"          = "%d"
                      }
                      sidecars = {
                        checkout = {
                          namespace = "shop", account = "checkout", service = "checkout"
                          service_port = 80, app_port = %d
                          host = "127.0.0.1", port = 0, outbound = 0, admin = 0
                        }
                      }
                    }
                    output "user_data" { value = module.site.user_data }
                    """.formatted(
                            Terminal.checkout().resolve("terraform/modules/site"),
                            System.getProperty("user.name"),
                            archive,
                            sha256,
                            site.path("join.token"),
                            site.path("gateway.tokens"),
                            FreePorts.one(),
                            site.path("home"),
                            site.path("config"),
                            site.path("state"),
                            site.path("units"),
                            FreePorts.one(),
                            FreePorts.one(),
                            FreePorts.one(),
                            port));
            terraform.runs("init", "-no-color").succeeds();
            terraform.applies().succeeds();
            return terraform.output("user_data").asText();
        }
    }

    private static String renderedGateway(
            Operator east, RenderedSite further, RenderedSite site, Path archive, String sha256, int health)
            throws Exception {
        Path root = Files.createDirectories(further.path("root"));
        try (var terraform = Terraform.of(east, root)) {
            terraform.writes("main.tf", """
                    module "gateway" {
                      source  = "%s"
                      cluster = "pluto"
                      role    = "gateway"
                      user    = "%s"
                      release = { url = "file://%s", sha256 = "%s" }
                      secrets = { gateway = "%s" }
                      gateway = {
                        advertise = "127.0.0.1:%4$d", host = "127.0.0.1", port = %4$d, health_port = %5$d
                        announce_after = "1s", settings = { "admin.port" = "0", "health.host" = "127.0.0.1" }
                      }
                      paths   = { home = "%s", config = "%s", state = "%s", units = "%s" }
                    }
                    output "user_data" { value = module.gateway.user_data }
                    """.replace("%4$d", Integer.toString(FreePorts.one()))
                    .replace("%5$d", Integer.toString(health))
                    .formatted(
                            Terminal.checkout().resolve("terraform/modules/site"),
                            System.getProperty("user.name"),
                            archive,
                            sha256,
                            site.path("gateway.tokens"),
                            further.path("home"),
                            further.path("config"),
                            further.path("state"),
                            further.path("units")));
            terraform.runs("init", "-no-color").succeeds();
            terraform.applies().succeeds();
            return terraform.output("user_data").asText();
        }
    }
}
