package io.tombolo.it.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.tombolo.cli.demo.Together;
import io.tombolo.it.actors.Caller;
import io.tombolo.it.actors.Cluster;
import io.tombolo.it.actors.ProxyProcess;
import io.tombolo.it.actors.ThreeClusters;
import io.tombolo.testing.GrpcApp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gRPC service with two instances in west, called from east through west's gateway, and its next version in east. */
@ExtendWith(ThreeClusters.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcIT {
    private static final Path EXAMPLE =
            Path.of(System.getProperty("tombolo.home", ".."), "examples/routes/grpc-canary.yaml");
    private static final Metadata.Key<String> TESTER = Metadata.Key.of("x-tester", Metadata.ASCII_STRING_MARSHALLER);

    private final GrpcApp first = new GrpcApp("first");
    private final GrpcApp second = new GrpcApp("second");
    private final GrpcApp next = new GrpcApp("next");
    private ThreeClusters three;
    private Cluster east;
    private ProxyProcess secondSidecar;
    private ManagedChannel channel;

    @BeforeAll
    void aServiceInWest(ThreeClusters three) {
        this.three = three;
        east = three.east();
        Cluster west = three.west();
        List<Object> started = Together.all(List.of(
                () -> west.startsSidecarFor("shop", "talk", "talk-first", first.port(), "grpc"),
                // A slow machine needs longer than the usual 10 s for the calls that are made while it goes.
                () -> west.startsSidecarFor(
                        "shop", "talk", "talk-second", second.port(), "grpc", Map.of("drain.deadline", "60s")),
                () -> east.startsSidecarFor("shop", "talk-next", "talk-next", next.port(), "grpc"),
                () -> east.startsCaller("shop", "talker", "talk.shop:80", Map.of())));
        secondSidecar = (ProxyProcess) started.get(1);
        Caller caller = (Caller) started.getLast();
        west.operator().exports("shop", "talk");
        east.operator().awaitsReady("shop", "talk", "west", 2);
        channel = GrpcApp.client(caller.port());
        Awaitility.await("the first answer")
                .atMost(Duration.ofSeconds(30))
                .ignoreException(StatusRuntimeException.class)
                .until(() -> say("hello").endsWith("heard hello"));
    }

    @AfterAll
    void end() throws Exception {
        channel.shutdownNow();
        east.operator().api().delete("/resources/GRPCRoute/shop/talk");
        three.west().operator().unexports("shop", "talk");
        three.endWorkloads();
        List.of(first, second, next).forEach(GrpcApp::close);
    }

    private static CallOptions soon() {
        return CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS);
    }

    private String say(String text) {
        return ClientCalls.blockingUnaryCall(channel, GrpcApp.SAY, soon(), text);
    }

    private String sayAsTester(String text) {
        var tester = new Metadata();
        tester.put(TESTER, "yes");
        return ClientCalls.blockingUnaryCall(
                ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(tester)),
                GrpcApp.SAY,
                soon(),
                text);
    }

    @Test
    void oneWarmClientUsesBothInstancesAndAnEndingOneLosesNoCallAndNoOpenStream() throws Exception {
        // Given: both are used
        Awaitility.await("both instances")
                .atMost(Duration.ofSeconds(20))
                .until(this::answering, said -> said.equals(Set.of("first heard x", "second heard x")));
        // and on one of them a stream is open
        var heard = new LinkedBlockingQueue<String>();
        var ended = new CompletableFuture<String>();
        StreamObserver<String> talk = ClientCalls.asyncBidiStreamingCall(
                channel.newCall(GrpcApp.SAY, CallOptions.DEFAULT), observer(heard, ended));
        talk.onNext("before");
        assertThat(heard.poll(5, TimeUnit.SECONDS)).endsWith("heard before");
        // When: one instance is asked to end
        secondSidecar.asksToEnd();
        // Then: no call fails while it goes, and the stream is answered to its end
        for (int i = 0; i < 200; i++) {
            assertThat(say("x")).endsWith("heard x");
        }
        talk.onNext("meanwhile");
        assertThat(heard.poll(5, TimeUnit.SECONDS)).endsWith("heard meanwhile");
        talk.onCompleted();
        assertThat(ended.get(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(secondSidecar.awaitEnd()).as("as a JVM ends by SIGTERM").isEqualTo(143);
        assertThat(answering()).containsExactly("first heard x");
        secondSidecar.startAgain();
    }

    @Test
    void aRouteOfGrpcSendsOneMethodOfSomeCallersElsewhere() throws IOException {
        // When
        east.operator().api().postYaml("/resources", Files.readString(EXAMPLE));
        // Then
        Awaitility.await("testers to get the next version")
                .atMost(Duration.ofSeconds(20))
                .ignoreException(StatusRuntimeException.class)
                .until(() -> sayAsTester("x").equals("next heard x"));
        assertThat(say("x")).isIn("first heard x", "second heard x");
    }

    private Set<String> answering() {
        var said = new HashSet<String>();
        for (int i = 0; i < 30; i++) {
            said.add(say("x"));
        }
        return said;
    }

    private static StreamObserver<String> observer(LinkedBlockingQueue<String> heard, CompletableFuture<String> ended) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String value) {
                heard.add(value);
            }

            @Override
            public void onError(Throwable t) {
                ended.complete("" + t);
            }

            @Override
            public void onCompleted() {
                ended.complete("");
            }
        };
    }
}
