package io.tombolo.controller.join;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.SigningKeys;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which replica of this cluster's controller has which keys, and which keys nobody has any more. On disk when a call returns. */
final class KnownReplicas {
    record Keys(String recordSigning, String authority) {}

    /** @param lost raw record-signing keys in hexadecimal digits that the members may still list */
    record Form(long epoch, Map<String, Keys> replicas, List<String> lost) {}

    private final JsonState<Form> file;

    KnownReplicas(StateDirectory state) {
        this.file = new JsonState<>(state.file("replicas.state"), "RPLS", Form.class);
    }

    /** Of the epoch; keys of earlier ones are nothing any more. */
    Form of(long epoch) {
        return file.read().filter(form -> form.epoch() == epoch).orElse(new Form(epoch, Map.of(), List.of()));
    }

    /** A replica has these keys now; one that it had before is lost, with its disk, unless it changed it itself. */
    void has(long epoch, ReplicaKeys keys) {
        Form before = of(epoch);
        var replicas = new TreeMap<>(before.replicas());
        var now = new Keys(
                hex(keys.recordSigning()),
                keys.authority().map(KnownReplicas::hex).orElse(""));
        Optional<Keys> last = Optional.ofNullable(replicas.put(keys.replica(), now));
        var lost = new java.util.ArrayList<>(before.lost());
        last.map(Keys::recordSigning)
                .filter(key -> !key.equals(now.recordSigning()) && !lost.contains(key))
                .ifPresent(lost::add);
        lost.remove(now.recordSigning());
        var next = new Form(epoch, replicas, lost);
        if (!next.equals(before)) {
            file.write(next);
        }
    }

    /** The members list them no more. */
    void forgetLost(long epoch) {
        Form before = of(epoch);
        file.write(new Form(epoch, before.replicas(), List.of()));
    }

    static Ed25519PublicKey key(String hex) {
        return new Ed25519PublicKey(HexFormat.of().parseHex(hex));
    }

    private static String hex(Ed25519PublicKey key) {
        return HexFormat.of().formatHex(key.raw());
    }

    /** As people see it. */
    static String id(String hex) {
        return SigningKeys.id(key(hex));
    }
}
