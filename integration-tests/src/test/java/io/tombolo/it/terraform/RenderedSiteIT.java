package io.tombolo.it.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.EchoApp;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.FreePorts;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.RenderedSite;
import io.tombolo.it.actors.Scratch;
import io.tombolo.it.actors.Terminal;
import io.tombolo.it.actors.Terraform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the module `site` renders is run for real: its files are written, its commands run, its units started. */
@Deep
class RenderedSiteIT {
    private static final Pattern TOKEN = Pattern.compile("tmb1_[A-Za-z0-9_-]{20}");

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
                further.boots(renderedGateway(east.operator(), further, site, archive, sha256));
                // Then both are gateways of the site, and it took one of the tokens that the controller laid out
                assertThat(further.running()).containsExactly("tombolo-gateway.service");
                east.operator().awaitsGateways("pluto", 2);
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
                        "auto-ports"              = "true"
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
            Operator east, RenderedSite further, RenderedSite site, Path archive, String sha256) throws Exception {
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
                      gateway = { advertise = "127.0.0.1:%4$d", host = "127.0.0.1", port = %4$d, settings = { "admin.port" = "0" } }
                      paths   = { home = "%s", config = "%s", state = "%s", units = "%s" }
                    }
                    output "user_data" { value = module.gateway.user_data }
                    """.replace("%4$d", Integer.toString(FreePorts.one())).formatted(
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
