package io.tombolo.dataplane.http1;

import io.netty.buffer.ByteBuf;

/**
 * Walks over a chunked body as it arrives (RFC 9112 §7.1) and says how far it is well formed. Chunk extensions are refused:
 * nobody needs them, and they are where parsers have disagreed.
 */
final class ChunkScan {
    private static final int MAX_SIZE_DIGITS = 8;

    private enum Part {
        SIZE,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILERS,
        DONE
    }

    private final LineScan trailerLines = new LineScan();
    private Part part = Part.SIZE;
    private int digits;
    private long left;

    /** Starts over, for the next body. */
    void reset() {
        part = Part.SIZE;
        digits = 0;
        left = 0;
        trailerLines.reset();
    }

    /** Whether the last byte of the body was seen. */
    boolean done() {
        return part == Part.DONE;
    }

    /**
     * Reads on from the reader index, which stays.
     * @return bytes that may be passed on; fewer than readable when the body ends among them or trailers are incomplete
     */
    int scan(ByteBuf bytes, HttpLimits limits) {
        int start = bytes.readerIndex();
        int end = bytes.writerIndex();
        int at = start;
        while (at < end && part != Part.TRAILERS && part != Part.DONE) {
            if (part == Part.DATA) {
                long step = Math.min(left, end - at);
                left -= step;
                at += (int) step;
                part = left == 0 ? Part.DATA_CR : Part.DATA;
            } else {
                step(bytes.getByte(at++));
            }
        }
        return part == Part.TRAILERS ? at - start + trailers(bytes, at, limits) : at - start;
    }

    /** Trailers are passed on as a whole, when they are checked. */
    private int trailers(ByteBuf bytes, int at, HttpLimits limits) {
        ByteBuf rest = bytes.slice(at, bytes.writerIndex() - at);
        int length = trailerLines.end(rest, limits.maxTrailerBytes() + 2, true, HttpFlaw.TRAILERS_TOO_LARGE);
        if (length < 0) {
            return 0;
        }
        var fields = new FieldCheck();
        fields.readAll(rest, 0, length, limits.maxFields());
        fields.checkTrailers();
        part = Part.DONE;
        return length;
    }

    private void step(byte next) {
        switch (part) {
            case SIZE -> size(next);
            case SIZE_LF -> sizeEnd(next);
            case DATA_CR -> expect(next, '\r', Part.DATA_LF);
            case DATA_LF -> {
                expect(next, '\n', Part.SIZE);
                digits = 0;
            }
            case DATA, TRAILERS, DONE -> throw new IllegalStateException("not read byte by byte: " + part);
        }
    }

    private void size(byte next) {
        int digit = Character.digit(next, 16);
        if (digit >= 0) {
            if (++digits > MAX_SIZE_DIGITS) {
                throw new FlawException(HttpFlaw.BAD_CHUNK);
            }
            left = left * 16 + digit;
            if (left > Integer.MAX_VALUE) {
                throw new FlawException(HttpFlaw.BAD_CHUNK); // the codec behind this counts no further
            }
        } else if (digits > 0 && next == '\r') {
            part = Part.SIZE_LF;
        } else {
            throw new FlawException(HttpFlaw.BAD_CHUNK);
        }
    }

    private void sizeEnd(byte next) {
        expect(next, '\n', left == 0 ? Part.TRAILERS : Part.DATA);
        if (part == Part.TRAILERS) {
            trailerLines.reset();
        }
    }

    private void expect(byte next, char wanted, Part following) {
        if (next != wanted) {
            throw new FlawException(HttpFlaw.BAD_CHUNK);
        }
        part = following;
    }
}
