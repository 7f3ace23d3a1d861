package io.tombolo.controller.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.feed.Applied;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.ToProxy;
import io.tombolo.wire.feed.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final Stream stream = new Stream();
    private final Session session = new Session(
            new Registration(
                    Ed25519Key.generate().publicKey(), new ProxyRole.Gateway(), InstanceId.of(1), Instant.EPOCH),
            stream,
            FeedState.empty());

    @Test
    void theFirstStateComesWholeAndLaterOnesAsChanges() {
        session.offer(state(1, "a"));
        session.offer(state(2, "a", "b"));
        assertThat(stream.updates).extracting(Update::getBaseVersion).containsExactly(0L, 1L);
    }

    @Test
    void aSlowProxyGetsOneChangeForAllThatItMissed() {
        session.offer(state(1, "a"));
        stream.ready = false;
        for (int version = 2; version < 100; version++) {
            session.offer(state(version, "a", "v" + version));
        }
        stream.ready = true;
        session.flush();
        assertThat(stream.updates).hasSize(2);
        assertThat(stream.updates.getLast().getVersion()).isEqualTo(99);
    }

    @Test
    void atMostFourUpdatesAreOnTheirWay() {
        for (int version = 1; version < 10; version++) {
            session.offer(state(version, "v" + version));
        }
        assertThat(stream.updates).hasSize(4);
        session.applied(Applied.newBuilder().setVersion(1).build());
        assertThat(stream.updates).hasSize(5);
    }

    @Test
    void aChangeThatCouldNotBeAppliedIsFollowedByEverything() {
        session.offer(state(1, "a"));
        session.applied(Applied.newBuilder().setVersion(1).build());
        session.offer(state(2, "b"));
        session.applied(Applied.newBuilder().setVersion(2).setError("TB-3008").build());
        assertThat(stream.updates).extracting(Update::getBaseVersion).containsExactly(0L, 1L, 0L);
    }

    @Test
    void everythingThatCouldNotBeAppliedIsNotSentAgainUntilThereIsSomethingNew() {
        session.offer(state(1, "a"));
        session.applied(Applied.newBuilder().setVersion(1).setError("TB-5003").build());
        assertThat(stream.updates).hasSize(1);
        session.offer(state(2, "b"));
        assertThat(stream.updates).extracting(Update::getBaseVersion).containsExactly(0L, 0L);
    }

    private static FeedState state(long version, String... keys) {
        var entries = new TreeMap<String, Entry>();
        for (String key : keys) {
            entries.put(key, Entry.newBuilder().setKey(key).build());
        }
        return FeedState.of(version, entries);
    }

    /** Remembers what was sent. */
    private static final class Stream extends ServerCallStreamObserver<ToProxy> {
        private final List<Update> updates = new ArrayList<>();
        private boolean ready = true;

        @Override
        public void onNext(ToProxy message) {
            updates.add(message.getUpdate());
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void onError(Throwable error) {}

        @Override
        public void onCompleted() {}
    }
}
