package io.tombolo.catalog.record;

import com.google.protobuf.ByteString;
import io.tombolo.wire.log.SignedEnvelope;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The bytes around a record. */
public final class RecordFormat {
    /** Largest Kafka value, in bytes; the topics' {@code max.message.bytes} is the same. */
    public static final int MAX_RECORD_BYTES = 64 * 1_024;

    /** Largest pulse, in bytes. */
    public static final int MAX_PULSE_BYTES = 512;

    /** Longest key, in characters. */
    public static final int MAX_KEY_LENGTH = 512;

    /** What {@code schema_version} is written as. */
    public static final int SCHEMA_VERSION = 1;

    /** 'T' 'M' 'L' and the format version. */
    static final byte[] MAGIC = {'T', 'M', 'L', 1};

    static final int HASH_LENGTH = 32;

    private static final byte[] CONTEXT = "tombolo-log-v1\0".getBytes(StandardCharsets.US_ASCII);

    private RecordFormat() {}

    /** What is signed: a label that no other signature of Tombolo has, then the envelope. */
    static byte[] signedBytes(ByteString envelope) {
        return ByteBuffer.allocate(CONTEXT.length + envelope.size())
                .put(CONTEXT)
                .put(envelope.asReadOnlyByteBuffer())
                .array();
    }

    static byte[] kafkaValue(SignedEnvelope signed) {
        byte[] message = signed.toByteArray();
        return ByteBuffer.allocate(MAGIC.length + message.length)
                .put(MAGIC)
                .put(message)
                .array();
    }
}
