package io.tombolo.controller.join;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.catalog.record.RecordReader;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import io.tombolo.wire.join.Backbone;
import io.tombolo.wire.join.RedeemResponse;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the authority answered when this cluster was admitted: first members, backbone. All replicas have the same; the client
 * certificate for Kafka is each one's own, see {@link CredentialFile}.
 */
public final class FederationFile {
    /** Two changes of keys read the file, and write it as a whole. */
    private static final Object ONE_AT_A_TIME = new Object();

    private final StateFile file;
    private final CredentialFile credential;

    public FederationFile(StateDirectory state) {
        this.credential = new CredentialFile(state);
        this.file = new StateFile(state.file("federation.state"), new FileKind("FEDR", 1));
    }

    /** With this process's own credential. */
    public Optional<RedeemResponse> read() {
        return answer().map(answer -> credential
                .read(answer.getFederationName(), answer.getEpoch())
                .map(backbone -> answer.toBuilder().setBackbone(backbone).build())
                .orElse(answer));
    }

    private Optional<RedeemResponse> answer() {
        return switch (file.read()) {
            case StateRead.Absent _ -> Optional.empty();
            case StateRead.Present present -> Optional.of(parse(present.payload()));
            case StateRead.Damaged damaged -> throw damaged.report();
        };
    }

    public void write(RedeemResponse response) {
        file.write(response.toByteArray());
        credential.write(response.getFederationName(), response.getEpoch(), response.getBackbone());
    }

    /** Keeps a renewed credential. */
    public void write(Backbone backbone) {
        answer().ifPresent(of -> credential.write(of.getFederationName(), of.getEpoch(), backbone));
    }

    /** Keeps newer members records, each instead of that of the same key. */
    void keep(List<SignedEnvelope> newer) {
        synchronized (ONE_AT_A_TIME) {
            answer().ifPresent(old -> {
                Map<String, SignedEnvelope> byKey = new LinkedHashMap<>();
                Stream.concat(old.getMembersList().stream(), newer.stream())
                        .forEach(record -> byKey.put(RecordReader.reopen(record).key(), record));
                file.write(old.toBuilder()
                        .clearMembers()
                        .addAllMembers(byKey.values())
                        .build()
                        .toByteArray());
            });
        }
    }

    static RedeemResponse parse(byte[] payload) {
        try {
            return RedeemResponse.parseFrom(payload);
        } catch (InvalidProtocolBufferException damaged) {
            throw new TomboloException(
                    Fault.FILE_DAMAGED,
                    "federation.state or credential.state",
                    "is no answer to a join",
                    "restore a backup",
                    damaged);
        }
    }
}
