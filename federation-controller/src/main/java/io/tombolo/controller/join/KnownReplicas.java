package io.tombolo.controller.join;

import io.tombolo.controller.identity.JsonState;
import io.tombolo.controller.identity.StateDirectory;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Which replica of this cluster's controller signs records by which key, and which keys nobody has any more. On disk when a call returns. */
final class KnownReplicas {
    /**
     * Raw record-signing keys in hexadecimal digits.
     * @param keys by replica
     * @param lost those that the members may still list
     */
    record Form(long epoch, Map<String, String> keys, List<String> lost) {}

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
        var replicas = new TreeMap<>(before.keys());
        String now = hex(keys.recordSigning());
        Optional<String> last = Optional.ofNullable(replicas.put(keys.replica(), now));
        var lost = new ArrayList<>(before.lost());
        last.filter(key -> !key.equals(now) && !lost.contains(key)).ifPresent(lost::add);
        lost.remove(now);
        var next = new Form(epoch, replicas, lost);
        if (!next.equals(before)) {
            file.write(next);
        }
    }

    /** The members list them no more. */
    void forgetLost(long epoch) {
        Form before = of(epoch);
        file.write(new Form(epoch, before.keys(), List.of()));
    }

    static Ed25519PublicKey key(String hex) {
        return new Ed25519PublicKey(HexFormat.of().parseHex(hex));
    }

    private static String hex(Ed25519PublicKey key) {
        return HexFormat.of().formatHex(key.raw());
    }
}
