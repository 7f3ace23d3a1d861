package io.tombolo.dataplane.relay;

import io.netty.channel.EventLoop;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells once in a while how much the relays of one loop have moved, so that long ones are seen before they end: one turn for all of
 * them, nothing on the way of the bytes. On that loop.
 */
public final class RelayMeter {
    private static final long EVERY_SECONDS = 2;

    private final Set<Running> running = new LinkedHashSet<>();

    public RelayMeter(EventLoop loop) {
        loop.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Hears how many bytes more were moved, towards the destination and back. */
    public interface Account {
        void moved(long fromClient, long toClient);
    }

    /** For a relay that is about to start. */
    public Running meter(Account account) {
        return new Running(account);
    }

    private void look() {
        running.forEach(Running::look);
    }

    /** One relay. */
    public final class Running {
        private final Account account;
        private @Nullable Relay relay;
        private boolean over;
        private long toldFromClient;
        private long toldToClient;

        private Running(Account account) {
            this.account = account;
        }

        /** It started, and may have ended already. */
        public void started(Relay its) {
            relay = its;
            if (!over) {
                running.add(this);
            }
        }

        private void look() {
            Relay its = relay;
            if (its != null) {
                long fromClient = its.bytesFromClient() - toldFromClient;
                long toClient = its.bytesToClient() - toldToClient;
                toldFromClient += fromClient;
                toldToClient += toClient;
                if (fromClient + toClient > 0) {
                    account.moved(fromClient, toClient);
                }
            }
        }

        /**
         * It ended: nothing is told any more.
         * @return what was not told yet
         */
        public RelayEnd rest(RelayEnd end) {
            over = true;
            running.remove(this);
            return new RelayEnd(
                    end.reason(), end.bytesFromClient() - toldFromClient, end.bytesToClient() - toldToClient);
        }
    }
}
