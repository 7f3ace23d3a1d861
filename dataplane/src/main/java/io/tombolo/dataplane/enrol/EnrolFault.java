package io.tombolo.dataplane.enrol;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tombolo.model.catalog.HostPort;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads faults out of gRPC statuses: a controller's refusal begins its description with the TB code. */
final class EnrolFault {
    private static final int MAX_CAUSES = 8;

    private EnrolFault() {}

    static TomboloException of(HostPort address, StatusRuntimeException failed) {
        Optional<TomboloException> ours = verdict(failed);
        if (ours.isPresent()) {
            return ours.get().in("controller " + address);
        }
        Status status = failed.getStatus();
        String text = status.getDescription() == null ? status.getCode().toString() : status.getDescription();
        for (Fault fault : Fault.values()) {
            if (text.startsWith(fault.code())) {
                return new TomboloException(fault, "controller " + address, "it refused: " + text, "");
            }
        }
        return new TomboloException(
                Fault.CONTROLLER_UNREACHABLE,
                "controller " + address,
                "does not answer: " + text,
                "check that it runs and that this machine reaches it",
                failed);
    }

    static TomboloException noAddress() {
        return new TomboloException(
                Fault.CONTROLLER_UNREACHABLE,
                "controller",
                "has no address",
                "set the controller's host:port, or enrol with a token that names one");
    }

    /** What our own trust manager said during the handshake. */
    private static Optional<TomboloException> verdict(Throwable failed) {
        @Nullable Throwable link = failed;
        for (int i = 0; i < MAX_CAUSES && link != null; i++) {
            if (link instanceof TomboloException ours) {
                return Optional.of(ours);
            }
            link = link.getCause();
        }
        return Optional.empty();
    }
}
