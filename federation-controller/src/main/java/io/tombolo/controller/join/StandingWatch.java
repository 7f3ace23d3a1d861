package io.tombolo.controller.join;

import com.google.protobuf.ByteString;
import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.wire.join.StandingRequest;
import io.tombolo.wire.log.SignedEnvelope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks an authority how this cluster stands while Kafka refuses its credential: who was evicted while it did not listen can
 * no longer read so in the log. Looks every 5 s; the answer counts by its signatures, as if it had been read.
 */
public final class StandingWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StandingWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final StateDirectory state;
    private final Membership own;
    private final BooleanSupplier denied;
    private final Consumer<SignedEnvelope> heard;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("standing").factory());

    /**
     * A watch that is not started.
     * @param denied whether Kafka refuses this cluster now
     * @param heard  takes signed members records, not verified yet
     */
    public StandingWatch(StateDirectory state, Membership own, BooleanSupplier denied, Consumer<SignedEnvelope> heard) {
        this.state = state;
        this.own = own;
        this.denied = denied;
        this.heard = heard;
    }

    public void start() {
        var _ = timer.scheduleWithFixedDelay(this::look, 1, LOOK.toSeconds(), TimeUnit.SECONDS);
    }

    private void look() {
        try {
            if (denied.getAsBoolean()) {
                asked().forEach(heard);
            }
        } catch (RuntimeException failed) {
            LOG.atWarn().addKeyValue("fault", failed.getMessage()).log("no authority says how this cluster stands");
        }
    }

    private List<SignedEnvelope> asked() {
        var request = StandingRequest.newBuilder()
                .setFederationId(ByteString.copyFrom(own.federationId().bytes()))
                .setCluster(own.cluster().value())
                .build();
        return new AuthorityContact(state)
                .call(own.federationId(), client -> client.call(stub -> stub.standing(request)))
                .getMembersList();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
