package io.tombolo.controller.publish;

import com.google.protobuf.ByteString;
import io.tombolo.catalog.outbox.WriterFile;
import io.tombolo.catalog.record.Payload;
import io.tombolo.catalog.record.RecordSigner;

/**
 * What this cluster's writer signs with at a time.
 * @param start on disk before it is used; each key has a term of its own
 */
record Pen(RecordSigner signer, WriterFile.Start start) {
    long term() {
        return start.term();
    }

    Payload.WriterTerm announcement() {
        return new Payload.WriterTerm(start.term(), start.startId());
    }

    /** Whether a record names the key of this one. */
    boolean isNamedBy(ByteString keyId) {
        return keyId.equals(ByteString.copyFrom(signer.publicKey().keyId()));
    }
}
