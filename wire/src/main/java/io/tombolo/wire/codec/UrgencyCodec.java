package io.tombolo.wire.codec;

import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.routing.Urgencies;
import java.util.List;
import java.util.Optional;

/** Numbers by urgency, as they come over a wire. */
public final class UrgencyCodec {
    private UrgencyCodec() {}

    /**
     * Reads them.
     * @return empty if there are none
     * @throws TomboloException MALFORMED_RECORD
     */
    public static Optional<Urgencies> toModel(String where, List<Integer> permille) {
        try {
            return permille.isEmpty() ? Optional.empty() : Optional.of(new Urgencies(permille));
        } catch (IllegalArgumentException malformed) {
            throw Wire.malformed(where, String.valueOf(malformed.getMessage()));
        }
    }
}
