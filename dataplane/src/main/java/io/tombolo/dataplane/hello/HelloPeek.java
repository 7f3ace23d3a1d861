package io.tombolo.dataplane.hello;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Optional;

/**
 * Finds the ClientHello at the beginning of a TLS stream, over any number of records and reads. Looks at bytes, never takes
 * them. Each byte is looked at once; one instance per connection, on its loop.
 */
final class HelloPeek {
    private static final int RECORD_HEADER_LENGTH = 5;
    private static final int HANDSHAKE = 22;
    private static final int MAX_RECORD = 16_384;
    private static final Result MORE = new Result.More();
    private static final Result REFUSED = new Result.Refused();

    private final int maxBytes;
    private byte[] gatheredBytes = new byte[512];
    private int scanned;
    private int gathered;

    /** @param maxBytes most bytes of the stream up to the hello's end, record headers included */
    HelloPeek(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What is known after some bytes. */
    sealed interface Result {
        /** Not all there yet. */
        record More() implements Result {}

        record Hello(ClientHello hello) implements Result {}

        /** Whatever follows, this is no ClientHello of ours. */
        record Refused() implements Result {}
    }

    /** @param stream everything that was read so far; its indexes stay as they are */
    Result look(ByteBuf stream) {
        int base = stream.readerIndex();
        while (true) {
            int left = stream.readableBytes() - scanned;
            if (left < RECORD_HEADER_LENGTH) {
                return headIsPossible(stream, base + scanned, left) ? enough(scanned + RECORD_HEADER_LENGTH) : REFUSED;
            }
            int length = stream.getUnsignedShort(base + scanned + 3);
            if (!headIsPossible(stream, base + scanned, left) || length == 0 || length > MAX_RECORD) {
                return REFUSED;
            }
            int end = scanned + RECORD_HEADER_LENGTH + length;
            if (left < RECORD_HEADER_LENGTH + length) {
                return enough(end);
            }
            if (end > maxBytes) {
                return REFUSED;
            }
            gather(stream, base + scanned + RECORD_HEADER_LENGTH, length);
            scanned = end;
            Optional<Result> decided = decide();
            if (decided.isPresent()) {
                return decided.get();
            }
        }
    }

    /** So that garbage is refused at its first byte and not at its deadline. */
    private static boolean headIsPossible(ByteBuf stream, int at, int left) {
        return (left < 1 || stream.getUnsignedByte(at) == HANDSHAKE)
                && (left < 2 || stream.getUnsignedByte(at + 1) == 3)
                && (left < 3 || stream.getUnsignedByte(at + 2) <= 3);
    }

    private Result enough(int neededBytes) {
        return neededBytes > maxBytes ? REFUSED : MORE;
    }

    private void gather(ByteBuf stream, int from, int length) {
        if (gathered + length > gatheredBytes.length) {
            byte[] larger = new byte[Math.min(maxBytes, Math.max(gatheredBytes.length * 4, gathered + length))];
            System.arraycopy(gatheredBytes, 0, larger, 0, gathered);
            gatheredBytes = larger;
        }
        stream.getBytes(from, gatheredBytes, gathered, length);
        gathered += length;
    }

    private Optional<Result> decide() {
        if (gathered >= 1 && gatheredBytes[0] != ClientHello.TYPE) {
            return Optional.of(REFUSED);
        }
        if (gathered < ClientHello.HEADER_LENGTH) {
            return Optional.empty();
        }
        int needed = ClientHello.HEADER_LENGTH
                + ((gatheredBytes[1] & 0xff) << 16 | (gatheredBytes[2] & 0xff) << 8 | gatheredBytes[3] & 0xff);
        if (needed > maxBytes || gathered > needed) {
            return Optional.of(REFUSED); // nothing may follow a hello in its own records
        }
        if (gathered < needed) {
            return Optional.empty();
        }
        return Optional.of(ClientHello.parse(Arrays.copyOf(gatheredBytes, needed))
                .<Result>map(Result.Hello::new)
                .orElse(REFUSED));
    }
}
