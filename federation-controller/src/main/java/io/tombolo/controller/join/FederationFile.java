package io.tombolo.controller.join;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import io.tombolo.wire.join.Backbone;
import io.tombolo.wire.join.RedeemResponse;
import java.util.Optional;

/** What the authority answered when this cluster was admitted: first members, backbone. The credential in it is renewed. */
public final class FederationFile {
    private final StateFile file;

    public FederationFile(StateDirectory state) {
        this.file = new StateFile(state.file("federation.state"), new FileKind("FEDR", 1));
    }

    public Optional<RedeemResponse> read() {
        return switch (file.read()) {
            case StateRead.Absent _ -> Optional.empty();
            case StateRead.Present present -> Optional.of(parse(present.payload()));
            case StateRead.Damaged damaged -> throw damaged.report();
        };
    }

    public void write(RedeemResponse response) {
        file.write(response.toByteArray());
    }

    /** Keeps a renewed credential. */
    public void write(Backbone backbone) {
        read().ifPresent(old -> write(old.toBuilder().setBackbone(backbone).build()));
    }

    private static RedeemResponse parse(byte[] payload) {
        try {
            return RedeemResponse.parseFrom(payload);
        } catch (InvalidProtocolBufferException damaged) {
            throw new TomboloException(
                    Fault.FILE_DAMAGED, "federation.state", "is no answer to a join", "restore a backup", damaged);
        }
    }
}
