package io.tombolo.dataplane.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tombolo.dataplane.accept.AcceptLimits;
import io.tombolo.dataplane.accept.Acceptor;
import io.tombolo.dataplane.fixture.Far;
import io.tombolo.dataplane.loop.Loops;
import io.tombolo.dataplane.metrics.Metrics;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In which order a proxy goes away. */
class DrainTest {
    private final Loops loops = Loops.open(1);
    private final Acceptor acceptor = new Acceptor(loops, AcceptLimits.DEFAULT, new Metrics(), accepted -> {});

    @AfterEach
    void end() {
        acceptor.stopAccepting();
        acceptor.closeConnections();
        loops.close();
    }

    @Test
    void aLoadBalancerHearsOfItFirstThenPeersThenThePortCloses() throws Exception {
        // Given
        int port = acceptor.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), false)
                .getPort();
        var announced = new CompletableFuture<Long>();
        var settings = new DrainSettings(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofSeconds(5));
        var drain = new Drain(settings, acceptor, () -> 0, () -> announced.complete(afterALongWord()));
        // When
        long beganNanos = System.nanoTime();
        CompletableFuture<Void> done = drain.begin();
        // Then
        assertThat(drain.isDraining()).isTrue();
        assertThat(drain.isAnnounced()).isFalse();
        try (Socket late = Far.connect(port)) {
            assertThat(late.isConnected()).isTrue();
        }
        long toldNanos = announced.get(5, TimeUnit.SECONDS);
        assertThat(drain.isAnnounced()).isTrue();
        assertThat(toldNanos - beganNanos).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
        done.get(5, TimeUnit.SECONDS);
        assertThat(System.nanoTime() - toldNanos).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
        assertThatThrownBy(() -> Far.connect(port)).hasMessageContaining("refused");
    }

    /** Who tells peers may be slow; the time that they get begins when they were told. */
    private static long afterALongWord() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
        return System.nanoTime();
    }

    @Test
    void itsTimesFitIntoItsDeadline() {
        assertThatThrownBy(
                        () -> new DrainSettings(Duration.ofSeconds(20), Duration.ofSeconds(11), Duration.ofSeconds(30)))
                .hasMessageContaining("Expected 0 to drain.deadline less drain.announce-after, PT10S");
        assertThatThrownBy(() -> new DrainSettings(Duration.ofSeconds(31), Duration.ZERO, Duration.ofSeconds(30)))
                .hasMessageContaining("drain.announce-after = PT31S");
    }
}
