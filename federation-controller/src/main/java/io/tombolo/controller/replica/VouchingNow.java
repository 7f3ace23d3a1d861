package io.tombolo.controller.replica;

import com.google.protobuf.ByteString;
import io.tombolo.controller.join.Federation;
import io.tombolo.controller.join.Vouching;
import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.Prove;
import io.tombolo.wire.replica.Vouched;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Vouches while this cluster is a member. @param now what does it then; empty = it is none, or its rooms are not there yet */
public record VouchingNow(Supplier<Optional<Vouching>> now) implements Vouches {
    @Override
    public Vouched vouch(String replica, Keys keys, Function<Prove, byte[]> proof) {
        Vouching vouching = now.get().orElseThrow(() -> Federation.notJoined("replica " + replica));
        return KeysOnWire.of(vouching.vouch(
                KeysOnWire.of(replica, keys),
                (exporter, issuedAtMillis, wanted) -> proof.apply(Prove.newBuilder()
                        .setExporter(ByteString.copyFrom(exporter))
                        .setIssuedAtMs(issuedAtMillis)
                        .addAllKeys(wanted.stream()
                                .map(key -> ByteString.copyFrom(key.raw()))
                                .toList())
                        .build())));
    }
}
