package io.tombolo.it.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Beside;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.Deep;
import io.tombolo.it.actors.Federation;
import io.tombolo.it.actors.Operator;
import io.tombolo.it.actors.RunningProgram;
import io.tombolo.it.actors.kube.ApiServer;
import io.tombolo.it.actors.kube.TwoReplicas;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** Two real controllers of one cluster on an API server; one of them dies, then the other one, and so on. */
@SuppressWarnings("NullAway.Init") // made before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Beside
class TwoControllersIT {
    private ApiServer api;
    private Federation federation;
    private Cluster plain;
    private TwoReplicas both;
    private Cluster kube;
    private RunningProgram first;
    private RunningProgram second;
    private Caller caller;

    @BeforeAll
    void start() throws Exception {
        api = ApiServer.start();
        api.hasNamespace("shop");
        federation = Federation.unlinked(Map.of("plain", "eu"));
        plain = federation.cluster("plain");
        both = TwoReplicas.first(api, federation, "kube", "127.0.0.9");
        kube = both.cluster();
        second = both.starts(1);
        plain.operator().founds("demo", federation.backbone().connectionFile());
        federation.link("kube");
        List<Object> started = Together.all(List.<Supplier<Object>>of(
                () -> plain.startsGateway("gateway"),
                () -> kube.startsGateway("gateway"),
                () -> kube.startsService("shop", "checkout", "pod"),
                () -> plain.startsCaller("shop", "frontend", "checkout.shop:80", Map.of())));
        caller = (Caller) started.getLast();
        kube.operator().exportsHttp("shop", "checkout");
        caller.awaitsAnswerOf("kube pod");
    }

    @AfterAll
    void end() throws IOException {
        federation.close();
        both.close();
        api.close();
    }

    @Test
    @Order(1)
    void whatWasAcknowledgedIsThereWhenTheOtherOneHasTakenOver() {
        // Given
        both.awaitsLease(0, "kube-1");
        api.asked()
                .ifPresent(asked -> assertThat(asked)
                        .contains(
                                "get coordination.k8s.io/leases",
                                "create coordination.k8s.io/leases",
                                "update coordination.k8s.io/leases"));
        var acknowledged = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            kube.operator().exportsHttp("shop", "many-" + i);
            acknowledged.add("many-" + i);
        }
        // When
        kube.controller().kill();
        // Then
        both.isLedBy(1, "");
        for (String name : acknowledged) {
            assertThat(kept(name)).as(name).contains(name);
        }
        caller.awaitsAnswerOf("kube pod");
    }

    @Test
    @Order(2)
    void theNewLeaderWritesWithKeysOfItsOwnAndTakesNewProxies() {
        // When
        kube.operator().exportsHttp("shop", "later");
        kube.startsService("shop", "later", "late-pod");
        // Then
        Awaitility.await("the other cluster to believe it")
                .atMost(Duration.ofSeconds(30))
                .until(() -> plain.operator().api().get("/services").toString().contains("later"));
        assertThat(kube.operator().api().get("/keys").toString()).contains("signs", "may sign");
    }

    @Test
    @Order(3)
    void theFirstOneComesBackStandsByAndLeadsAgainWhenTheOtherIsStopped() throws IOException {
        // Given
        first = both.starts(0);
        both.awaitsLease(1, "kube-0");
        // When
        second.stop();
        // Then
        both.awaitsLease(0, "");
        assertThat(second.lines())
                .anyMatch(line -> line.endsWith("the lease is given back"))
                .noneMatch(line -> line.contains("Exception"));
        both.isLedBy(0, "");
        assertThat(kept("later")).contains("later");
        assertThat(first.isAlive()).isTrue();
        caller.awaitsAnswerOf("kube pod");
    }

    /** Nothing in it depends on a clock, so nothing tells it how long it slept. */
    @Test
    @Order(4)
    @Deep
    void aLeaderThatSleptEndsAndAcknowledgesNothingOfWhatItIsTold() throws Exception {
        // Given
        second = both.starts(1);
        both.awaitsLease(0, "kube-1");
        Operator ofTheSleeping = kube.operator();
        // When
        first.pause();
        both.isLedBy(1, "");
        kube.operator().exportsHttp("shop", "while-it-slept");
        var asked = CompletableFuture.runAsync(() -> ofTheSleeping.exportsHttp("shop", "told-to-the-sleeping"));
        first.resume();
        // Then
        assertThat(first.awaitEnd()).isEqualTo(1);
        assertThatThrownBy(() -> asked.get(30, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
        assertThat(kept("while-it-slept")).contains("while-it-slept");
        first = both.starts(0);
        both.awaitsLease(1, "kube-0");
        caller.awaitsAnswerOf("kube pod");
    }

    @Test
    @Order(5)
    @Deep
    void withoutTheApiServerTwoGoOnAndOneAloneAcknowledgesNothingUntilItIsBack() {
        // Given
        api.network().refuses();
        kube.operator().exportsHttp("shop", "without-the-api-server");
        // When
        first.kill();
        // Then
        assertThatThrownBy(() -> kube.operator().exportsHttp("shop", "alone")).hasMessageContaining("TB-7120");
        assertThat(kept("without-the-api-server")).contains("without-the-api-server");
        caller.awaitsAnswerOf("kube pod");
        // When
        api.network().passes();
        // Then
        both.awaitsLease(1, "");
        kube.operator().exportsHttp("shop", "alone");
        assertThat(kept("alone")).contains("alone");
    }

    private String kept(String export) {
        return kube.operator().keeps("shop", export);
    }
}
