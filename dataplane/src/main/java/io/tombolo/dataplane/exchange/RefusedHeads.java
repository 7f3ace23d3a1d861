package io.tombolo.dataplane.exchange;

import io.tombolo.dataplane.accesslog.Access;
import io.tombolo.dataplane.accesslog.Access.Direction;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.exchange.Accesses.Tls;
import io.tombolo.dataplane.relay.Complaints;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.outcome.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts what is wrong with requests of one connection, and logs heads that were refused: nothing that they said. */
record RefusedHeads(
        SidecarMetrics metrics,
        AccessLog log,
        Direction direction,
        Supplier<Party> source,
        Supplier<Party> destination,
        Supplier<Tls> tls)
        implements Complaints {
    @Override
    public void fault(Fault why) {
        metrics.fault(why);
    }

    @Override
    public void headRefused(int status) {
        log.addRefused(() -> entry(status), System.nanoTime());
    }

    @Override
    public void idled() {
        metrics.idled.increment();
    }

    private Access entry(int status) {
        Tls between = tls.get();
        return new Access(
                Instant.now(),
                Duration.ZERO,
                direction,
                source.get(),
                destination.get(),
                Optional.of(new Access.Http("", "", status, -1, "")),
                0,
                0,
                "refused",
                Optional.of(Blame.CLIENT),
                Fault.BAD_HTTP_HEAD.code(),
                1,
                between.version(),
                between.group());
    }
}
