package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.NameServer;
import io.tombolo.it.actors.kube.ApiServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A cluster on Kubernetes with a real controller, and the program that answers there for the names of services. */
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Beside
class NamesForAllIT {
    private ApiServer api;
    private Federation federation;
    private Cluster kube;

    @BeforeAll
    void start() throws Exception {
        api = ApiServer.start();
        federation = Federation.unlinked(Map.of());
        kube = federation.addCluster(
                "kube",
                "eu",
                Map.of(
                        "kubernetes.config-file",
                        api.kubeconfig(federation.dir().resolve("api")).toString(),
                        "kubernetes.namespace",
                        "tombolo-system"));
        kube.awaitReady();
        kube.operator().founds("demo", federation.backbone().connectionFile());
        api.hasNamespace("shop");
    }

    @AfterAll
    void end() {
        federation.close();
        api.close();
    }

    private void exports(String name, String more) {
        api.applies("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec: {%sports: [{name: web, port: 80, appProtocol: http}]}
                """.formatted(name, more));
        api.exports("shop", name);
    }

    @Test
    void namesHaveWhatTheApiServerGaveAlsoAfterARestartWhileControllerAndApiServerAreAway() throws Exception {
        // Given a service, and a headless one with an instance
        exports("checkout", "");
        exports("mysql", "clusterIP: None, ");
        String pod = kube.startsService("shop", "mysql", "pod")
                .sidecar()
                .ready()
                .path("instance")
                .asText();
        // When
        NameServer names = kube.startsNames(api.startsPod(federation.dir().resolve("pods"), "tombolo-system", "dns"));
        // Then
        Awaitility.await("names")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> answers(names, pod, api.importedAt("shop", "checkout")));
        // When
        List<String> addresses = api.importedAt("shop", "checkout");
        api.network().refuses();
        kube.controller().kill();
        names.process().kill();
        names.process().startAgain();
        // Then
        Awaitility.await("the same names")
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> answers(names, pod, addresses));
    }

    private static void answers(NameServer names, String pod, List<String> addresses) {
        assertThat(names.records("dns-version.clusterset.local", "TXT")).containsExactly("1.0.0");
        String checkout = "checkout.shop.svc.clusterset.local";
        assertThat(names.records(checkout, "A")).isNotEmpty().isEqualTo(addresses);
        assertThat(names.records("_web._tcp." + checkout, "SRV")).containsExactly("0 100 80 " + checkout + ".");
        String mysql = "mysql.shop.svc.clusterset.local";
        String host = pod + ".kube." + mysql;
        assertThat(names.records(mysql, "A")).containsExactly("127.0.0.1");
        assertThat(names.records(host, "A")).containsExactly("127.0.0.1");
        assertThat(names.records("_web._tcp." + mysql, "SRV")).containsExactly("0 100 80 " + host + ".");
        assertThat(names.records("kube." + mysql, "A")).isEmpty();
    }
}
