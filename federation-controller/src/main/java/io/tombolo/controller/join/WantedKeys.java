package io.tombolo.controller.join;

import io.tombolo.catalog.members.MembersLog;
import io.tombolo.catalog.record.Payload;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.join.ChangeSigningKeysRequest;
import io.tombolo.wire.join.SigningKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The record-signing keys that a member asks for: 1 to 4, each once.
 * @param possessions what each of them signed, empty for none; in the same order
 */
record WantedKeys(ClusterId cluster, List<Ed25519PublicKey> keys, List<byte[]> possessions) {
    static final int MOST = 4;

    WantedKeys {
        keys = List.copyOf(keys);
        possessions = List.copyOf(possessions);
        if (keys.isEmpty() || keys.size() > MOST || new HashSet<>(keys).size() != keys.size()) {
            throw new TomboloException(
                    Fault.BAD_REQUEST,
                    "record-signing keys of " + cluster,
                    keys.size() + " keys are asked for, or one of them twice",
                    "ask for 1 to " + MOST + " keys, each once");
        }
    }

    /** @throws TomboloException BAD_REQUEST, BAD_KEY, BAD_NAME */
    static WantedKeys of(ChangeSigningKeysRequest wire) {
        var keys = new ArrayList<Ed25519PublicKey>();
        var possessions = new ArrayList<byte[]>();
        // A key more than may be is enough to see that there are too many: making one costs as much as a signature
        // check.
        for (SigningKey key : wire.getKeysList().stream().limit(MOST + 1).toList()) {
            keys.add(new Ed25519PublicKey(key.getPublicKey().toByteArray()));
            possessions.add(key.getPossession().toByteArray());
        }
        return new WantedKeys(new ClusterId(wire.getCluster()), keys, possessions);
    }

    /** A key that is new to the member and did not sign {@code text}. */
    Optional<Ed25519PublicKey> lacking(MembersLog members, byte[] text) {
        List<Ed25519PublicKey> present =
                members.member(cluster).map(Payload.Member::signingKeys).orElse(List.of());
        for (int i = 0; i < keys.size(); i++) {
            Ed25519PublicKey key = keys.get(i);
            if (!present.contains(key) && !key.verify(text, possessions.get(i))) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }
}
