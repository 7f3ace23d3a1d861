package io.tombolo.controller.join;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.List;

/** Members records in a file of the state directory. */
final class MembersFile {
    private final String name;
    private final StateFile file;

    private MembersFile(StateDirectory state, String name, FileKind kind) {
        this.name = name;
        this.file = new StateFile(state.file(name), kind);
    }

    /** All that an authority knows. */
    static MembersFile book(StateDirectory state) {
        return new MembersFile(state, "members-book.state", new FileKind("MBOK", 1));
    }

    /** What Kafka has not confirmed yet. */
    static MembersFile unsent(StateDirectory state) {
        return new MembersFile(state, "members-unsent.state", new FileKind("MUNS", 1));
    }

    /** None if there is no file. */
    List<SignedEnvelope> read() {
        return file.read().found().map(this::records).orElse(List.of());
    }

    private List<SignedEnvelope> records(byte[] bytes) {
        try {
            return RedeemResponse.parseFrom(bytes).getMembersList();
        } catch (InvalidProtocolBufferException damaged) {
            throw new TomboloException(Fault.FILE_DAMAGED, name, "is damaged", "restore a backup", damaged);
        }
    }

    /** On disk when this returns. */
    void write(List<SignedEnvelope> records) {
        file.write(RedeemResponse.newBuilder().addAllMembers(records).build().toByteArray());
    }
}
