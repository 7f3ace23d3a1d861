package io.tombolo.dataplane.terminate;

import io.tombolo.dataplane.accesslog.Access;
import io.tombolo.dataplane.accesslog.AccessLog;
import io.tombolo.dataplane.accesslog.Party;
import io.tombolo.dataplane.relay.RelayEnd;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.name.InstanceId;
import io.tombolo.model.name.Sni;
import io.tombolo.model.outcome.Blame;
import io.tombolo.trustbundle.verify.VerifiedPeer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What a gateway says of a caller that it handed over, or did not. */
final class TerminateAccess {
    private TerminateAccess() {}

    static void log(
            AccessLog log,
            VerifiedPeer caller,
            String group,
            Sni.Service name,
            Optional<InstanceId> instance,
            Optional<RelayEnd> end,
            Optional<Fault> why,
            int attempts,
            long startNanos) {
        Duration took = Duration.ofNanos(System.nanoTime() - startNanos);
        log.add(new Access(
                Instant.now().minus(took),
                took,
                Access.Direction.TERMINATE,
                Party.of(caller),
                Party.of(name.port()).in(name.cluster(), instance),
                Optional.empty(),
                end.map(RelayEnd::bytesFromClient).orElse(0L),
                end.map(RelayEnd::bytesToClient).orElse(0L),
                end.map(RelayEnd::reason).map(Enum::name).orElse("REFUSED").toLowerCase(Locale.ROOT),
                why.map(TerminateAccess::blame),
                why.map(Fault::code).orElse(""),
                attempts,
                Access.TLS_1_3,
                group));
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
