package io.tombolo.dataplane.session;

import io.tombolo.dataplane.accesslog.Access;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.outcome.Blame;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What a gateway can say of a connection: where it came from, the name that it asked for, and how it ended. */
final class PassthroughAccess {
    private PassthroughAccess() {}

    static void log(
            AccessLog log,
            String clientAddress,
            Optional<Sni.Service> asked,
            Optional<InstanceId> instance,
            Optional<RelayEnd> end,
            Optional<Fault> why,
            int attempts,
            long startNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        log.add(new Access(
                Instant.now().minus(took),
                took,
                Access.Direction.PASSTHROUGH,
                Party.at(clientAddress),
                destination(log.self(), asked, instance),
                Optional.empty(),
                end.map(RelayEnd::bytesFromClient).orElse(0L),
                end.map(RelayEnd::bytesToClient).orElse(0L),
                end.map(RelayEnd::reason).map(Enum::name).orElse("REFUSED").toLowerCase(Locale.ROOT),
                why.map(PassthroughAccess::blame),
                why.map(Fault::code).orElse(""),
                attempts,
                "",
                ""));
    }

    private static Party destination(Party self, Optional<Sni.Service> asked, Optional<InstanceId> instance) {
        return asked.map(name -> Party.of(name.port()).in(name.cluster(), instance))
                .orElseGet(() -> new Party(self.cluster(), "", "", "", 0, "", "", ""));
    }

    private static Blame blame(Fault why) {
        return switch (why.kind()) {
            case CLIENT -> Blame.CLIENT;
            case REFUSED, SECURITY, INPUT -> Blame.POLICY;
            case UNAVAILABLE -> why == Fault.PEER_UNREACHABLE ? Blame.SIDECAR : Blame.UNKNOWN;
            case STATE, BUG -> Blame.GATEWAY;
        };
    }
}
