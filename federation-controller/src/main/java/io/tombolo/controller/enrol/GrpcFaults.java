package io.tombolo.controller.enrol;

import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Faults over gRPC: the description is the fault's whole text, the trailer {@code tombolo-fault} its code. */
public final class GrpcFaults {
    /** Trailer with the code, such as {@code TB-5004}. */
    public static final Metadata.Key<String> CODE = Metadata.Key.of("tombolo-fault", Metadata.ASCII_STRING_MARSHALLER);

    private static final Logger LOG = LoggerFactory.getLogger(GrpcFaults.class);

    private GrpcFaults() {}

    public static StatusRuntimeException of(RuntimeException thrown) {
        if (thrown instanceof TomboloException fault) {
            LOG.atWarn().addKeyValue("fault", fault.getMessage()).log("call refused");
        } else {
            LOG.error("call failed", thrown);
        }
        return untold(thrown);
    }

    /** The same without a line in the log, for who told of it before. */
    public static StatusRuntimeException untold(RuntimeException thrown) {
        if (!(thrown instanceof TomboloException fault)) {
            return Status.INTERNAL.withDescription(Fault.INTERNAL.code()).asRuntimeException();
        }
        var trailers = new Metadata();
        trailers.put(CODE, fault.fault().code());
        return status(fault.fault()).withDescription(fault.getMessage()).asRuntimeException(trailers);
    }

    private static Status status(Fault fault) {
        return switch (fault.kind()) {
            case INPUT, CLIENT -> Status.INVALID_ARGUMENT;
            case REFUSED -> Status.FAILED_PRECONDITION;
            case SECURITY -> Status.PERMISSION_DENIED;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case STATE -> Status.FAILED_PRECONDITION;
            case BUG -> Status.INTERNAL;
        };
    }
}
