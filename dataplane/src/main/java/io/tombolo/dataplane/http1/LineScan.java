package io.tombolo.dataplane.http1;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;

/**
 * Walks over the lines of a head or of trailers as they arrive: every line ends in CR LF, nothing else holds a control byte.
 * Remembers where it stopped, so that a head that arrives byte by byte is still read once.
 */
final class LineScan {
    private static final int NOTHING = -1;
    private static final byte DELETE = 0x7f;

    private final ByteProcessor walk = this::walk;
    private int scanned;
    private int lineLength;
    private int lines;
    private boolean afterCr;
    private boolean mayBeEmpty;

    /** Starts over, for the next head. */
    void reset() {
        scanned = 0;
        lineLength = 0;
        lines = 0;
        afterCr = false;
    }

    /** Whether any byte was seen since {@link #reset}. */
    boolean begun() {
        return scanned > 0;
    }

    /**
     * Reads on.
     * @param block        begins with the first line, at its reader index
     * @param maxBytes     how long all lines may be
     * @param emptyIsFirst whether a block without any line is complete, as trailers may be and heads may not
     * @return bytes of the block with its empty last line, or -1 when more must arrive
     */
    int end(ByteBuf block, int maxBytes, boolean emptyIsFirst, HttpFlaw tooLarge) {
        int start = block.readerIndex();
        int readable = block.readableBytes();
        int last = Math.min(readable, maxBytes);
        mayBeEmpty = emptyIsFirst;
        int end = scanned < last ? block.forEachByte(start + scanned, last - scanned, walk) : NOTHING;
        if (end >= 0) {
            scanned = end - start + 1;
            return scanned;
        }
        scanned = Math.max(scanned, last);
        if (readable > last) {
            throw new FlawException(tooLarge);
        }
        return NOTHING;
    }

    /** False at the end of the empty line. Most bytes are plain ones. */
    private boolean walk(byte next) {
        if (next >= ' ' && next != DELETE && !afterCr) {
            lineLength++;
            return true;
        }
        if (next == '\n') {
            return !endOfLine(mayBeEmpty);
        }
        inLine(next);
        return true;
    }

    private boolean endOfLine(boolean emptyIsFirst) {
        if (!afterCr) {
            throw new FlawException(HttpFlaw.BARE_LF);
        }
        boolean empty = lineLength == 0;
        if (empty && lines == 0 && !emptyIsFirst) {
            throw new FlawException(HttpFlaw.BAD_REQUEST_LINE);
        }
        afterCr = false;
        lineLength = 0;
        lines++;
        return empty;
    }

    private void inLine(byte next) {
        if (afterCr) {
            throw new FlawException(HttpFlaw.BARE_CR);
        }
        if (next == '\r') {
            afterCr = true;
        } else if ((next >= 0 && next < ' ' && next != '\t') || next == DELETE) {
            throw new FlawException(HttpFlaw.CONTROL_BYTE);
        } else {
            lineLength++;
        }
    }
}
