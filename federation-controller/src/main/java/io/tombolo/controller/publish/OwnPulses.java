package io.tombolo.controller.publish;

import io.tombolo.catalog.freshness.FreshnessSettings;
import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** What this cluster's pulses say. */
record OwnPulses(OwnLog catalog, AuditChain audit, Supplier<MembersLog> members, FreshnessSettings freshness)
        implements LiveSender.PulseSource {
    @Override
    public Payload.Pulse next(long counter) {
        MembersLog now = members.get();
        var own = catalog.own();
        return new Payload.Pulse(
                counter,
                own.position().seq(),
                own.digest(),
                now.version(),
                now.head(),
                Map.of(),
                catalog.startId(),
                audit.lastIndex(),
                audit.head());
    }

    @Override
    public Duration interval() {
        return freshness.interval(members.get().admitted().size());
    }
}
