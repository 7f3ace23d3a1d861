package io.tombolo.controller.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import io.tombolo.controller.enrol.Registration;
import io.tombolo.controller.tokens.ProxyRole;
import io.tombolo.model.name.InstanceId;
import io.tombolo.trustbundle.key.Ed25519Key;
import io.tombolo.wire.feed.Applied;
import io.tombolo.wire.feed.Entry;
import io.tombolo.wire.feed.ImportedService;
import io.tombolo.wire.feed.Start;
import io.tombolo.wire.feed.ToProxy;
import io.tombolo.wire.feed.Update;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SessionTest {
    private final Stream stream = new Stream();
    private final AtomicLong versions = new AtomicLong(100);
    private final Session session = session(Optional.empty());

    private Session session(Optional<Set<String>> interest) {
        var registration = new Registration(
                Ed25519Key.generate().publicKey(), new ProxyRole.Gateway(), InstanceId.of(1), Instant.EPOCH);
        return new Session(registration, stream, versions::incrementAndGet, interest, Start.Addresses.CALLED);
    }

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

    @Test
    void whatAProxyDoesNotCallIsNeitherSentNorAVersionOfItsState() {
        // Given
        Session caller = session(Optional.of(Set.of("shop/cart")));
        caller.offer(imports(1, 1, 1));
        caller.applied(Applied.newBuilder().setVersion(101).build());
        // When
        caller.offer(imports(2, 1, 2));
        // Then
        assertThat(stream.updates).hasSize(1);
        assertThat(caller.version().current()).isTrue();
        caller.offer(imports(3, 2, 2));
        assertThat(stream.updates).hasSize(2);
        assertThat(caller.version().current()).isFalse();
        assertThat(keys(stream.updates.getLast())).containsExactly("imported/shop/cart");
    }

    @Test
    void whatAProxyBeginsToCallIsSentAtOnce() {
        // Given
        Session caller = session(Optional.of(Set.of()));
        caller.offer(imports(1, 1, 1));
        // When
        caller.interestedIn(Set.of("shop/cart"));
        caller.interestedIn(Set.of());
        // Then
        assertThat(keys(stream.updates.get(1))).containsExactly("imported/shop/cart");
        assertThat(stream.updates.get(2).getRemovedList()).containsExactly("imported/shop/cart");
        assertThat(stream.updates).extracting(Update::getVersion).containsExactly(101L, 102L, 103L);
    }

    private static List<String> keys(Update update) {
        return update.getChangedList().stream().map(Entry::getKey).toList();
    }

    /** Two services, each as its version has it. */
    private static RoleState imports(long version, int cart, int checkout) {
        var entries = new TreeMap<String, Entry>();
        for (var service : Map.of("cart", cart, "checkout", checkout).entrySet()) {
            String key = "imported/shop/" + service.getKey();
            var wire = ImportedService.newBuilder()
                    .setNamespace("shop")
                    .setName(service.getKey())
                    .setWithdrawnAtMs(service.getValue());
            entries.put(key, Entry.newBuilder().setKey(key).setImported(wire).build());
        }
        return RoleState.of(version, entries);
    }

    private static RoleState state(long version, String... keys) {
        var entries = new TreeMap<String, Entry>();
        for (String key : keys) {
            entries.put(key, Entry.newBuilder().setKey(key).build());
        }
        return RoleState.of(version, entries);
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
