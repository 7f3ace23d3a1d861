package io.tombolo.controller.join;

import io.tombolo.controller.identity.Membership;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.wire.file.FileKind;
import io.tombolo.wire.file.StateFile;
import io.tombolo.wire.file.StateRead;
import io.tombolo.wire.join.Backbone;
import io.tombolo.wire.join.RedeemResponse;
import java.util.Optional;

/** This process's own client certificate for Kafka, which is for a key that no other replica has: it is never copied. */
final class CredentialFile {
    private final StateFile file;

    CredentialFile(StateDirectory state) {
        this.file = new StateFile(state.file("credential.state"), new FileKind("CRED", 1));
    }

    /** For this membership; empty if there is none, or one of another epoch or federation. */
    Optional<Backbone> read(Membership own) {
        return read(own.federation().value(), own.epoch());
    }

    Optional<Backbone> read(String federation, long epoch) {
        return switch (file.read()) {
            case StateRead.Absent _ -> Optional.empty();
            case StateRead.Present present ->
                Optional.of(FederationFile.parse(present.payload()))
                        .filter(kept -> kept.getFederationName().equals(federation) && kept.getEpoch() == epoch)
                        .map(RedeemResponse::getBackbone);
            case StateRead.Damaged damaged -> throw damaged.report();
        };
    }

    void write(Membership own, Backbone backbone) {
        write(own.federation().value(), own.epoch(), backbone);
    }

    void write(String federation, long epoch, Backbone backbone) {
        file.write(RedeemResponse.newBuilder()
                .setFederationName(federation)
                .setEpoch(epoch)
                .setBackbone(backbone)
                .build()
                .toByteArray());
    }
}
