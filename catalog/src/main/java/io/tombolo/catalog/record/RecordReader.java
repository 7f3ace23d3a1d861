package io.tombolo.catalog.record;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ClusterId;
import io.tombolo.trustbundle.key.Ed25519PublicKey;
import io.tombolo.wire.codec.CriticalFields;
import io.tombolo.wire.log.Envelope;
import io.tombolo.wire.log.Kind;
import io.tombolo.wire.log.Log;
import io.tombolo.wire.log.SignedEnvelope;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads records of strangers: bounded work, and everything that does not fit is refused with its code. */
public final class RecordReader {
    private RecordReader() {}

    /**
     * Reads one Kafka record.
     * @param log   of the topic that it was found in
     * @param key   the Kafka key
     * @param value the Kafka value
     * @throws TomboloException BARE_TOMBSTONE, RECORD_TOO_LARGE, MALFORMED_RECORD, UNKNOWN_CRITICAL_FIELD or WRONG_KEY
     */
    public static SignedRecord read(Log log, byte @Nullable [] key, byte @Nullable [] value) {
        if (value == null) {
            throw Refusal.of(Fault.BARE_TOMBSTONE, "record " + shown(key), "its value is null");
        }
        int limit = log == Log.LOG_PULSE ? RecordFormat.MAX_PULSE_BYTES : RecordFormat.MAX_RECORD_BYTES;
        if (value.length > limit) {
            throw Refusal.of(Fault.RECORD_TOO_LARGE, "record " + shown(key), value.length + " bytes, not " + limit);
        }
        SignedRecord record = reopen(message(key, value));
        if (key == null || !Arrays.equals(key, record.kafkaKey())) {
            throw Refusal.of(Fault.WRONG_KEY, "record " + record, "its Kafka key is " + shown(key));
        }
        if (record.log() != log) {
            throw Refusal.of(Fault.WRONG_KEY, "record " + record, "it belongs to " + record.log() + ", not " + log);
        }
        return record;
    }

    /**
     * Reads a record that came another way than by Kafka: from disk, from a peer, at joining.
     * @throws TomboloException as {@link #read}
     */
    public static SignedRecord reopen(SignedEnvelope signed) {
        CriticalFields.refuseUnknown("record", signed);
        if (signed.getSignature().size() != Ed25519PublicKey.SIGNATURE_LENGTH
                || signed.getKeyId().size() != Ed25519PublicKey.KEY_ID_LENGTH) {
            throw malformed("record", "its signature or key id has another length");
        }
        Envelope envelope = envelope(signed.getEnvelope());
        ClusterId origin = origin(envelope);
        String where = "record of " + origin;
        checkFields(where, envelope);
        Payload payload = PayloadReader.read(where, envelope);
        checkKey(where, envelope, payload, origin);
        return new SignedRecord(signed, envelope, origin, payload);
    }

    private static SignedEnvelope message(byte @Nullable [] key, byte[] value) {
        int magic = RecordFormat.MAGIC.length;
        if (value.length < magic || !Arrays.equals(value, 0, magic, RecordFormat.MAGIC, 0, magic)) {
            throw malformed("record " + shown(key), "it does not begin with the magic and format version 1");
        }
        try {
            return SignedEnvelope.parseFrom(ByteString.copyFrom(value, magic, value.length - magic));
        } catch (InvalidProtocolBufferException notAMessage) {
            throw malformed("record " + shown(key), "it is no signed envelope");
        }
    }

    private static Envelope envelope(ByteString bytes) {
        try {
            Envelope envelope = Envelope.parseFrom(bytes);
            CriticalFields.refuseUnknown("record", envelope);
            return envelope;
        } catch (InvalidProtocolBufferException notAMessage) {
            throw malformed("record", "its envelope cannot be read");
        }
    }

    private static ClusterId origin(Envelope envelope) {
        try {
            return new ClusterId(envelope.getOrigin());
        } catch (TomboloException notAName) {
            throw malformed("record", "its origin is no cluster's name");
        }
    }

    private static void checkFields(String where, Envelope envelope) {
        boolean genesis = envelope.getKind() == Kind.KIND_GENESIS;
        boolean catalog = envelope.getLog() == Log.LOG_CATALOG;
        require(where, envelope.getFederationId().size() == (genesis ? 0 : RecordFormat.HASH_LENGTH), "federation id");
        require(where, envelope.getEpoch() >= 1 && envelope.getTerm() >= 0 && envelope.getSeq() >= 1, "position");
        require(where, isKey(envelope.getKey()), "key");
        require(where, envelope.getLog() == Kinds.log(envelope.getKind()), "log");
        require(where, envelope.getSchemaVersion() >= 1, "schema version");
        require(where, envelope.getIssuedAtMs() > 0, "issue time");
        require(where, envelope.getLiveDigest().size() == (catalog ? RecordFormat.HASH_LENGTH : 0), "live digest");
        require(
                where,
                !envelope.getWithdrawn() || (catalog && envelope.getPayload().isEmpty()),
                "withdrawal");
    }

    private static void checkKey(String where, Envelope envelope, Payload payload, ClusterId origin) {
        String key = envelope.getKey();
        boolean fits = switch (payload) {
            case Payload.Unknown _ -> true;
            case Payload.Withdrawn _ ->
                envelope.getKind() == Kind.UNRECOGNIZED || key.startsWith(Kinds.word(envelope.getKind()) + "/");
            default -> key.equals(RecordKeys.of(payload, origin));
        };
        if (!fits) {
            throw Refusal.of(Fault.WRONG_KEY, where, "its key " + key + " is not the one that its payload has");
        }
    }

    /** Printable ASCII, so that comparing characters is comparing bytes. */
    private static boolean isKey(String key) {
        return !key.isEmpty()
                && key.length() <= RecordFormat.MAX_KEY_LENGTH
                && key.chars().allMatch(c -> c > 0x20 && c < 0x7f);
    }

    private static void require(String where, boolean holds, String field) {
        if (!holds) {
            throw malformed(where, "its " + field + " is not as it must be");
        }
    }

    private static TomboloException malformed(String where, String what) {
        return Refusal.of(Fault.MALFORMED_RECORD, where, what);
    }

    private static String shown(byte @Nullable [] key) {
        if (key == null) {
            return "without key";
        }
        var text = new StringBuilder();
        for (int i = 0; i < Math.min(key.length, 80); i++) {
            text.append(key[i] > 0x20 && key[i] < 0x7f ? (char) key[i] : '?');
        }
        return text.toString();
    }
}
