package io.tombolo.dataplane.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.tombolo.dataplane.http1.HttpLimits;
import io.tombolo.dataplane.metrics.Counter;
import io.tombolo.dataplane.metrics.Metrics;
import io.tombolo.dataplane.upstream.ConnectionPool.Made;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionPoolTest {
    private static final int FIRST_DIALS = 4;
    private static final int MOST_DIALS = 6;
    private static final int MOST_OPEN = 20;

    private final EmbeddedChannel owner = new EmbeddedChannel();
    private final EventLoop loop = owner.eventLoop();
    private final PoolCounters counters = PoolCounters.ofMesh(new Metrics());
    private final Counter queued = counters.queued();
    private final ConnectionPool<String> pool = new ConnectionPool<>(
            loop,
            HttpLimits.DEFAULT,
            new PoolLimits("pool", Duration.ofMinutes(1), Duration.ofMinutes(30), MOST_OPEN, MOST_DIALS),
            new SplittableRandom(1),
            counters,
            Duration.ofMinutes(5));
    private final Network here = new Network("here");

    @AfterEach
    void close() {
        here.close();
        owner.close();
    }

    @Test
    void aCrowdIsServedByAFewConnections() {
        // Given
        List<Future<Pooled<String>>> crowd = crowd(100, here);
        assertThat(here.dials).isEqualTo(FIRST_DIALS);
        assertThat(queued.value()).isEqualTo(100 - FIRST_DIALS);
        // When
        here.connects(here.pending.removeFirst());
        for (Future<Pooled<String>> one : crowd) {
            assertThat(one.isSuccess()).isTrue();
            pool.release(one.getNow());
        }
        // Then
        assertThat(here.dials).isLessThanOrEqualTo(FIRST_DIALS + 2);
    }

    @Test
    void eachConnectionThatWasMadeAllowsOneMoreDialUpToTheLimit() {
        // Given
        crowd(15, here);
        // When, Then
        for (int most : List.of(5, 6, 6, 6)) {
            here.connects(here.pending.removeFirst());
            assertThat(here.pending).hasSize(most);
        }
    }

    @Test
    void whoWaitsTakesWhatIsGivenBackAndTheNewConnectionIsKeptForTheNext() {
        // Given
        Pooled<String> inUse = connected(crowd(1, here).getFirst());
        Future<Pooled<String>> waiting = crowd(1, here).getFirst();
        // When
        pool.release(inUse);
        // Then
        assertThat(waiting.getNow()).isSameAs(inUse);
        // When
        here.connects(here.pending.removeFirst());
        // Then
        assertThat(crowd(1, here).getFirst().isSuccess()).isTrue();
        assertThat(here.dials).isEqualTo(2);
    }

    @Test
    void whatIsNoGoodForWhoWaitsIsKept() {
        // Given
        Pooled<String> inUse = connected(crowd(1, here).getFirst());
        Future<Pooled<String>> choosy = pool.acquire("here", pooled -> pooled != inUse, false, here);
        // When
        pool.release(inUse);
        // Then
        assertThat(choosy.isDone()).isFalse();
        assertThat(crowd(1, here).getFirst().getNow()).isSameAs(inUse);
    }

    @Test
    void whenAllDialsFailEverybodyHearsItAfterOneRound() {
        // Given
        List<Future<Pooled<String>>> crowd = crowd(101, here);
        // When
        while (!here.pending.isEmpty()) {
            here.fails();
        }
        // Then
        assertThat(crowd).allMatch(one -> one.cause() instanceof DialFailure);
        assertThat(here.dials).isEqualTo(FIRST_DIALS);
        assertThat(pool.open()).isZero();
    }

    @Test
    void aDialThatFailsAloneSpeaksForItsShare() {
        // Given
        List<Future<Pooled<String>>> crowd = crowd(8, here);
        // When
        here.fails();
        // Then
        assertThat(crowd).filteredOn(Future::isDone).hasSize(2).allMatch(one -> !one.isSuccess());
    }

    @Test
    void targetsThatAreDialledInAnotherWayDoNotShareTheirFate() {
        // Given
        var elsewhere = new Network("here by another way");
        Future<Pooled<String>> one = pool.acquire("here", any -> true, false, here);
        Future<Pooled<String>> other = pool.acquire("here", any -> true, false, elsewhere);
        // When
        here.fails();
        // Then
        assertThat(one.isDone()).isTrue();
        assertThat(other.isDone()).isFalse();
        // When
        elsewhere.connects(elsewhere.pending.removeFirst());
        // Then
        assertThat(other.isSuccess()).isTrue();
        elsewhere.close();
    }

    @Test
    void whoWaitsForDialsThatAreGivenUpHearsItAtOnceAndWhatComesOfThemIsKept() {
        // Given
        var elsewhere = new Network("here by another way");
        List<Future<Pooled<String>>> crowd = crowd(10, here);
        Future<Pooled<String>> other = pool.acquire("here", any -> true, false, elsewhere);
        // When
        pool.giveUp(source -> source == here, new IllegalStateException("silent"));
        // Then
        assertThat(crowd).allMatch(one -> one.cause() instanceof IllegalStateException);
        assertThat(other.isDone()).isFalse();
        // When two of them come about all the same
        here.connects(here.pending.removeFirst());
        here.connects(here.pending.removeFirst());
        // Then
        assertThat(other.isSuccess()).isTrue();
        assertThat(crowd(1, here).getFirst().isSuccess()).isTrue();
        elsewhere.close();
    }

    @Test
    void whoWantsAFreshOneGetsItsOwn() {
        // Given
        Pooled<String> inUse = connected(crowd(1, here).getFirst());
        Future<Pooled<String>> fresh = pool.acquire("here", any -> true, true, here);
        // When
        pool.release(inUse);
        // Then
        assertThat(fresh.isDone()).isFalse();
        here.connects(here.pending.removeFirst());
        assertThat(fresh.getNow()).isNotSameAs(inUse);
    }

    @Test
    void whenEverythingIsInUseWhoComesIsTold() {
        // Given
        for (int i = 0; i < MOST_OPEN; i++) {
            var _ = connected(crowd(1, here).getFirst());
        }
        // When
        Future<Pooled<String>> oneTooMany = crowd(1, here).getFirst();
        // Then
        assertThat(((TomboloException) oneTooMany.cause()).fault()).isEqualTo(Fault.TOO_MANY_CONNECTIONS);
        assertThat(here.dials).isEqualTo(MOST_OPEN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whateverHappensInWhateverOrderEverybodyIsAnsweredAndTheLimitsHold(long seed) {
        // Given
        var random = new SplittableRandom(seed);
        var all = new ArrayList<Future<Pooled<String>>>();
        Deque<Pooled<String>> held = new ArrayDeque<>();
        for (int step = 0; step < 2_000; step++) {
            // When
            switch (random.nextInt(5)) {
                case 0, 1 ->
                    all.add(pool.acquire("here", any -> true, random.nextInt(8) == 0, here)
                            .addListener((Future<Pooled<String>> got) -> {
                                if (got.isSuccess()) {
                                    held.add(got.getNow());
                                }
                            }));
                case 2 -> here.answersOne(random.nextInt(4) > 0);
                case 3 -> giveBack(held, random.nextInt(8) == 0);
                default -> giveBack(held, false);
            }
            // Then
            assertThat(pool.open()).isBetween(0, MOST_OPEN);
        }
        // When
        while (!here.pending.isEmpty() || !held.isEmpty()) {
            here.answersOne(true);
            giveBack(held, false);
        }
        // Then
        assertThat(all).allMatch(Future::isDone);
    }

    private void giveBack(Deque<Pooled<String>> held, boolean broken) {
        Pooled<String> next = held.poll();
        if (next != null && broken) {
            next.connection().close();
        } else if (next != null) {
            pool.release(next);
        }
    }

    private List<Future<Pooled<String>>> crowd(int size, Network network) {
        return IntStream.range(0, size)
                .mapToObj(i -> pool.acquire("here", any -> true, false, network))
                .toList();
    }

    private Pooled<String> connected(Future<Pooled<String>> wanted) {
        here.connects(here.pending.removeFirst());
        return wanted.getNow();
    }

    /** Answers dials when a test says so. */
    private final class Network implements ConnectionPool.Source<String> {
        private final String name;
        private final Deque<Promise<Made<String>>> pending = new ArrayDeque<>();
        private final List<EmbeddedChannel> channels = new ArrayList<>();
        private int dials;

        Network(String name) {
            this.name = name;
        }

        @Override
        public Future<Made<String>> dial() {
            dials++;
            Promise<Made<String>> result = loop.newPromise();
            pending.add(result);
            return result;
        }

        void connects(Promise<Made<String>> dial) {
            var channel = new EmbeddedChannel();
            channels.add(channel);
            dial.setSuccess(new Made<>("here", "here", channel, null));
        }

        void fails() {
            pending.removeFirst()
                    .setFailure(new DialFailure(
                            DialFailure.Stage.CONNECT,
                            new TomboloException(Fault.PEER_UNREACHABLE, name, "is not there", "start it")));
        }

        void answersOne(boolean well) {
            if (!pending.isEmpty() && well) {
                connects(pending.removeFirst());
            } else if (!pending.isEmpty()) {
                fails();
            }
        }

        void close() {
            channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        }

        @Override
        public TomboloException full(int open) {
            return new TomboloException(Fault.TOO_MANY_CONNECTIONS, name, "has " + open, "wait");
        }
    }
}
