package io.tombolo.dataplane.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.tombolo.model.catalog.Consumer;
import io.tombolo.testing.GrpcApp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of gRPC from one application to another, through both their sidecars. */
class GrpcWalkTest {
    private final Mesh mesh = new Mesh();
    private final List<AutoCloseable> started = new ArrayList<>();
    private final TestSidecar caller = mesh.sidecar(mesh.east, "web", 9, 0);

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : started.reversed()) {
            one.close();
        }
        mesh.close();
    }

    private GrpcApp app(String name, int instance) {
        var app = new GrpcApp(name);
        started.add(app);
        mesh.inEast(instance, app.port());
        return app;
    }

    private ManagedChannel client() {
        mesh.push();
        ManagedChannel channel = GrpcApp.client(caller.bind(Mesh.grpc()));
        started.add(channel::shutdownNow);
        return channel;
    }

    private static String say(ManagedChannel channel, String text) {
        return ClientCalls.blockingUnaryCall(channel, GrpcApp.SAY, within(10), text);
    }

    private static CallOptions within(int seconds) {
        return CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS);
    }

    @Test
    void aCallIsAnsweredThroughBothSidecars() {
        // Given
        app("one", 1);
        // When
        String answer = say(client(), "hello");
        // Then
        assertThat(answer).isEqualTo("one heard hello");
    }

    @Test
    void bothSidesOfAStreamTalkInTurnsAndItEndsWithTheServersTrailers() throws Exception {
        // Given
        app("one", 1);
        var heard = new LinkedBlockingQueue<String>();
        var done = new CompletableFuture<Throwable>();
        StreamObserver<String> talk =
                ClientCalls.asyncBidiStreamingCall(client().newCall(GrpcApp.SAY, within(10)), observer(heard, done));
        for (int turn = 0; turn < 3; turn++) {
            // When
            talk.onNext("turn " + turn);
            // Then: it is answered although the request goes on
            assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("one heard turn " + turn);
        }
        talk.onCompleted();
        assertThat(done.get(5, TimeUnit.SECONDS)).isNull();
    }

    @Test
    void theCallsOfOneConnectionAreSharedByAllInstances() throws Exception {
        // Given
        app("one", 1);
        app("two", 2);
        app("three", 3);
        ManagedChannel channel = client();
        // When
        var answers = new LinkedBlockingQueue<String>();
        for (int round = 0; round < 5; round++) {
            sayAtOnce(channel, 8, answers);
        }
        // Then
        assertThat(Set.copyOf(answers)).containsExactlyInAnyOrder("one heard x", "two heard x", "three heard x");
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .as("one connection an instance carries them")
                .isEqualTo(3);
    }

    private static void sayAtOnce(ManagedChannel channel, int calls, LinkedBlockingQueue<String> answers)
            throws Exception {
        var ends = new ArrayList<CompletableFuture<Throwable>>();
        for (int i = 0; i < calls; i++) {
            var end = new CompletableFuture<Throwable>();
            ends.add(end);
            ClientCalls.asyncUnaryCall(channel.newCall(GrpcApp.SAY, within(10)), "x", observer(answers, end));
        }
        for (CompletableFuture<Throwable> end : ends) {
            assertThat(end.get(10, TimeUnit.SECONDS)).isNull();
        }
    }

    @Test
    void aCallThatItsCallerGivesUpIsCancelledAtTheServer() {
        // Given
        GrpcApp app = app("one", 1);
        ManagedChannel channel = client();
        say(channel, "the way is known");
        // When
        StatusRuntimeException ended = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(channel, GrpcApp.SILENT, within(1), "x"));
        // Then
        assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(app.cancelled).succeedsWithin(Duration.ofSeconds(5));
        assertThat(app.calls).hasValue(2);
    }

    @Test
    void whatTheSidecarSaysItselfIsSaidInGrpcsOwnFields() {
        // Given
        mesh.inEast(1, 1); // nobody listens there
        // When
        StatusRuntimeException ended = catchThrowableOfType(StatusRuntimeException.class, () -> say(client(), "hello"));
        // Then
        assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(ended.getStatus().getDescription()).contains("TB-2016");
    }

    @Test
    void whoIsNoConsumerIsDenied() {
        // Given
        var app = new GrpcApp("west");
        started.add(app);
        TestSidecar there = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), there.address());
        mesh.consumers = List.of(new Consumer(Optional.of(mesh.west.id()), Optional.empty(), Optional.empty()));
        // When
        StatusRuntimeException ended = catchThrowableOfType(StatusRuntimeException.class, () -> say(client(), "hello"));
        // Then
        assertThat(ended.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void anInstanceWhoseCallsFailIsEjectedForWhatTheirTrailersSay() {
        // Given
        GrpcApp bad = app("bad", 1);
        app("good", 2).healthy = true;
        ManagedChannel channel = client();
        // When
        for (int i = 0; i < 60 && caller.summed("tombolo_ejections_total") == 0; i++) {
            var _ = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> ClientCalls.blockingUnaryCall(channel, GrpcApp.FAIL, within(10), "x"));
        }
        // Then
        assertThat(caller.summed("tombolo_ejections_total")).isEqualTo(1);
        assertThat(bad.calls.get()).isPositive();
    }

    @Test
    void anOpenStreamEndsWhenItsCallerIsNoConsumerAnyMoreAndItsConnectionStays() throws Exception {
        // Given
        var app = new GrpcApp("west");
        started.add(app);
        TestSidecar there = mesh.inWest(1, app.port());
        mesh.westGateways.put(Mesh.instance(90), there.address());
        var heard = new LinkedBlockingQueue<String>();
        var done = new CompletableFuture<Throwable>();
        ManagedChannel channel = client();
        StreamObserver<String> talk =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(GrpcApp.SAY, within(20)), observer(heard, done));
        talk.onNext("hello");
        assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo("west heard hello");
        // When
        mesh.consumers = List.of(new Consumer(Optional.of(mesh.west.id()), Optional.empty(), Optional.empty()));
        mesh.push();
        // Then
        assertThat(done.get(5, TimeUnit.SECONDS)).isInstanceOf(StatusRuntimeException.class);
        assertThat(there.counted("tombolo_authorization_closed_total")).isEqualTo(1);
        // and when it may again
        mesh.consumers = List.of(Consumer.ANYONE);
        mesh.push();
        assertThat(say(channel, "again")).isEqualTo("west heard again");
        assertThat(caller.summed("tombolo_mesh_connections_opened_total", "direction=\"outbound\""))
                .isEqualTo(1);
    }

    @Test
    void aCallIsCountedByItsOwnStatusAndNotByThatOfHttp() {
        // Given
        var app = new GrpcApp("one");
        started.add(app);
        TestSidecar server = mesh.inEast(1, app.port());
        ManagedChannel channel = client();
        // When
        say(channel, "fine");
        var _ = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(channel, GrpcApp.FAIL, within(10), "x"));
        // Then
        for (TestSidecar side : List.of(caller, server)) {
            assertThat(side.summed("tombolo_requests_total", "response_code=\"200\"", "grpc_status=\"0\""))
                    .isEqualTo(1);
            assertThat(side.summed("tombolo_requests_total", "response_code=\"200\"", "grpc_status=\"14\""))
                    .isEqualTo(1);
        }
    }

    private static StreamObserver<String> observer(
            LinkedBlockingQueue<String> heard, CompletableFuture<Throwable> done) {
        return new StreamObserver<>() {
            @Override
            public void onNext(String value) {
                heard.add(value);
            }

            @Override
            public void onError(Throwable t) {
                done.complete(t);
            }

            @Override
            public void onCompleted() {
                done.complete(null);
            }
        };
    }
}
