package io.tombolo.benchmarks.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Finds where HTTP/1.1 messages end, with as little work as may be: a load generator must not be what is measured. Knows
 * {@code Content-Length} and messages without a body, and nothing else.
 */
final class MessageEnd {
    private static final byte[] LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCODING = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);

    private final byte[] line = new byte[64];
    private int lineLength;
    private int status;
    private boolean first = true;
    private long body;
    private boolean inBody;

    /** Reads up to the end of one message; false when more must come. */
    boolean next(ByteBuf bytes) {
        while (!inBody) {
            if (!bytes.isReadable()) {
                return false;
            }
            byte b = bytes.readByte();
            if (b == '\n') {
                endOfLine();
            } else if (b != '\r') {
                if (lineLength < line.length) {
                    line[lineLength] = b;
                }
                lineLength++;
            }
        }
        int part = (int) Math.min(body, bytes.readableBytes());
        bytes.skipBytes(part);
        body -= part;
        inBody = body > 0;
        return !inBody;
    }

    /** Of the last answer: the three digits of its first line. Nonsense for a request. */
    int status() {
        return status;
    }

    private void endOfLine() {
        if (lineLength == 0) {
            inBody = true;
            first = true;
        } else if (first) {
            first = false;
            body = 0;
            status = (line[9] - '0') * 100 + (line[10] - '0') * 10 + line[11] - '0';
        } else if (begins(LENGTH)) {
            body = number();
        } else if (begins(ENCODING)) {
            throw new IllegalStateException("a body in chunks was not expected");
        }
        lineLength = 0;
    }

    private boolean begins(byte[] name) {
        if (lineLength < name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if ((line[i] | 0x20) != (name[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private long number() {
        long value = 0;
        for (int i = LENGTH.length; i < Math.min(lineLength, line.length); i++) {
            if (line[i] >= '0' && line[i] <= '9') {
                value = value * 10 + line[i] - '0';
            }
        }
        return value;
    }
}
