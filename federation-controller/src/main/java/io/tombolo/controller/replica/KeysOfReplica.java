package io.tombolo.controller.replica;

import io.tombolo.controller.join.OwnReplica;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.replica.Keys;
import io.tombolo.wire.replica.Prove;
import io.tombolo.wire.replica.Vouched;
import java.time.InstantSource;
import java.util.Optional;

/** The keys on this replica's disk. */
public record KeysOfReplica(OwnReplica own, InstantSource clock) implements OwnKeys {
    @Override
    public Optional<Keys> wanted() {
        return complete() ? Optional.empty() : own.keys().map(KeysOnWire::of);
    }

    @Override
    public byte[] prove(Prove asked) {
        return own.prove(
                asked.getExporter().toByteArray(),
                asked.getIssuedAtMs(),
                asked.getKeysList().stream()
                        .map(key -> new Ed25519PublicKey(key.toByteArray()))
                        .toList());
    }

    @Override
    public void keep(Vouched vouched) {
        own.keep(KeysOnWire.of(vouched));
    }

    @Override
    public boolean complete() {
        return own.isComplete(clock.instant());
    }
}
