package io.tombolo.controller.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.tombolo.controller.kube.LeaderClaim;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.Mirrors;
import io.tombolo.wire.replica.Able;
import io.tombolo.wire.replica.FromFollower;
import io.tombolo.wire.replica.FromLeader;
import io.tombolo.wire.replica.Hello;
import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.Vouched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a caller can make a leader keep: calls that are over, connections that do not take anything, the same wish many times. */
class ReplicaServiceTest {
    @TempDir
    private Path here;

    private Leader leader;
    private final AtomicInteger vouching = new AtomicInteger();
    private final CountDownLatch mayVouch = new CountDownLatch(1);

    @BeforeEach
    void begin() {
        var record = new FakeRecord();
        var own = new ReplicaSettings("c-0", "10.0.0.1", Path.of("token"), Duration.ofSeconds(2), 10, 1_024 * 1_024);
        leader = new Leader(
                own, record, record.put(new LeaderClaim("c-0", Optional.empty(), Map.of(), 0)), here, () -> {});
    }

    @AfterEach
    void end() {
        mayVouch.countDown();
        leader.close();
        Mirrors.remove(here);
    }

    /** Its token was reviewed for so long that it came again meanwhile, and that call lives. */
    @Test
    void aCallThatIsOverTakesThePlaceOfNoneThatLives() {
        // Given
        var over = new Call();
        var slow = service(_ -> over.cancel()).follow(over);
        Link lives = leader.follow("c-1");
        // When
        slow.onNext(hello());
        // Then
        assertThat(lives.isBroken()).isFalse();
    }

    /** It answers pings and reads nothing: the thread, and the file that it waits to send, would stay as long as the connection. */
    @Test
    void aLinkThatEndedWaitsForNobodyToRead() throws Exception {
        // Given
        var call = new Call();
        call.ready = false;
        service(_ -> {}).follow(call).onNext(hello());
        assertThat(call.asked.await(10, TimeUnit.SECONDS)).isTrue();
        // When
        leader.follow("c-1");
        // Then
        assertThat(call.ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** Anybody may call, and hold sixteen of them on each connection. */
    @Test
    void aCallThatSaysNothingIsEnded() throws Exception {
        // Given
        var call = new Call();
        // When
        service(_ -> {}, Duration.ofMillis(10)).follow(call);
        // Then
        assertThat(call.ended.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFollowerIsVouchedForOnceAtATime() throws Exception {
        // Given
        var call = new Call();
        StreamObserver<FromFollower> from = service(_ -> {}).follow(call);
        from.onNext(hello());
        // When
        for (int i = 0; i < 20; i++) {
            from.onNext(
                    FromFollower.newBuilder().setKeys(Keys.getDefaultInstance()).build());
        }
        mayVouch.countDown();
        assertThat(call.vouched.await(10, TimeUnit.SECONDS)).isTrue();
        // Then
        assertThat(vouching).hasValue(1);
    }

    /** A follower that is refused comes twice a second, and a stranger as often as it likes. */
    @Test
    void aRefusalIsToldOncePerKindAndAgainOnceAllWentWell() {
        // Given
        var service = service(token -> {
            if (token.equals("bad")) {
                throw new TomboloException(Fault.WORKLOAD_TOKEN_REFUSED, "token", "is not valid", "use another");
            }
        });
        try (var log = new Log()) {
            // When
            for (int i = 0; i < 20; i++) {
                service.follow(new Call()).onNext(hello("bad"));
                service.follow(new Call()).onNext(FromFollower.getDefaultInstance());
            }
            // Then
            assertThat(log.warnings).hasValue(2);
            // When
            var able = service.follow(new Call());
            able.onNext(hello("t"));
            able.onNext(
                    FromFollower.newBuilder().setAble(Able.getDefaultInstance()).build());
            service.follow(new Call()).onNext(hello("bad"));
            // Then
            assertThat(log.warnings).hasValue(3);
        }
    }

    private ReplicaService service(Consumer<String> requireReplica) {
        return service(requireReplica, Duration.ofMinutes(1));
    }

    private ReplicaService service(Consumer<String> requireReplica, Duration helloWithin) {
        return new ReplicaService(leader, requireReplica, (_, _, _) -> vouched(), helloWithin);
    }

    private Vouched vouched() {
        vouching.incrementAndGet();
        try {
            var _ = mayVouch.await(5, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return Vouched.getDefaultInstance();
    }

    private static FromFollower hello() {
        return hello("t");
    }

    private static FromFollower hello(String token) {
        return FromFollower.newBuilder()
                .setHello(Hello.newBuilder().setServiceAccountToken(token).setName("c-1"))
                .build();
    }

    /** Counts what this test's thread makes the controller warn of. */
    private static final class Log extends Handler implements AutoCloseable {
        private final Logger controller = Logger.getLogger("io.tombolo.controller");
        private final AtomicInteger warnings = new AtomicInteger();
        private final long thread = Thread.currentThread().threadId();

        Log() {
            controller.addHandler(this);
        }

        @Override
        public void publish(LogRecord line) {
            if (line.getLongThreadID() == thread && line.getLevel().intValue() >= Level.WARNING.intValue()) {
                warnings.incrementAndGet();
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {
            controller.removeHandler(this);
        }
    }

    /** The transport of one call. */
    private static final class Call extends ServerCallStreamObserver<FromLeader> {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch vouched = new CountDownLatch(1);
        private volatile boolean ready = true;
        private volatile boolean cancelled;
        private volatile Runnable onCancel = () -> {};

        void cancel() {
            cancelled = true;
            onCancel.run();
        }

        @Override
        public void onNext(FromLeader message) {
            if (message.hasVouched()) {
                vouched.countDown();
            }
        }

        @Override
        public void onError(Throwable fault) {
            ended.countDown();
        }

        @Override
        public void onCompleted() {
            ended.countDown();
        }

        @Override
        public boolean isReady() {
            asked.countDown();
            return ready;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void setOnCancelHandler(Runnable handler) {
            onCancel = handler;
        }

        @Override
        public void setCompression(String compression) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}
    }
}
