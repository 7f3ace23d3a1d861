package io.tombolo.dataplane.http1;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The header lines of one head: checks each, and keeps what says where the body ends. */
final class FieldCheck {
    private static final int LONGEST_LENGTH = 18;
    private static final ByteProcessor NAME = Syntax::isTokenByte;

    private int fields;
    private int hosts;
    private int lengths;
    private int encodings;
    private long length = -1;
    private @Nullable String host;

    /** Reads all lines from {@code start} to the empty line that ends at {@code end}. */
    void readAll(ByteBuf head, int start, int end, int maxFields) {
        int line = start;
        while (line < end - 2) {
            int lineEnd = lineEnd(head, line, end);
            if (++fields > maxFields) {
                throw new FlawException(HttpFlaw.TOO_MANY_FIELDS);
            }
            field(head, line, lineEnd);
            line = lineEnd + 2;
        }
    }

    /** Where the CR of the line that begins at {@code start} is. */
    static int lineEnd(ByteBuf head, int start, int end) {
        return head.indexOf(start, end, (byte) '\r');
    }

    private void field(ByteBuf head, int start, int end) {
        byte first = head.getByte(start);
        if (first == ' ' || first == '\t') {
            throw new FlawException(HttpFlaw.OBS_FOLD);
        }
        int colon = head.forEachByte(start, end - start, NAME);
        if (colon <= start || head.getByte(colon) != ':') {
            throw new FlawException(HttpFlaw.BAD_FIELD_NAME);
        }
        int nameLength = colon - start;
        if (nameLength == 4 || nameLength == 14 || nameLength == 17) {
            known(text(head, start, colon).toLowerCase(Locale.ROOT), value(head, colon + 1, end));
        }
    }

    private void known(String name, String value) {
        switch (name) {
            case "host" -> host(value);
            case "content-length" -> length(value);
            case "transfer-encoding" -> encoding(value);
            case "content_length", "transfer_encoding" -> throw new FlawException(HttpFlaw.BAD_FIELD_NAME);
            default -> {
                // another name of the same length
            }
        }
    }

    private void host(String value) {
        if (++hosts > 1) {
            throw new FlawException(HttpFlaw.SEVERAL_HOSTS);
        }
        if (Authority.parse(value).isEmpty()) {
            throw new FlawException(HttpFlaw.BAD_HOST);
        }
        host = value;
    }

    private void length(String value) {
        if (++lengths > 1) {
            throw new FlawException(HttpFlaw.SEVERAL_LENGTHS);
        }
        if (value.length() > LONGEST_LENGTH || !Syntax.isNumber(value)) {
            throw new FlawException(HttpFlaw.BAD_LENGTH);
        }
        length = Long.parseLong(value);
    }

    private void encoding(String value) {
        if (++encodings > 1 || !value.equalsIgnoreCase("chunked")) {
            throw new FlawException(HttpFlaw.UNKNOWN_ENCODING);
        }
    }

    /** RFC 9110 §6.5.1: behind the body it is too late to say where the body ends. */
    void checkTrailers() {
        if (hosts + lengths + encodings > 0) {
            throw new FlawException(HttpFlaw.BAD_TRAILER);
        }
    }

    boolean hasHost() {
        return host != null;
    }

    /**
     * What the fields say of the body.
     * @param minor    HTTP/1.x
     * @param unframed when they say nothing
     */
    Framing framing(int minor, Framing unframed) {
        if (encodings > 0 && lengths > 0) {
            throw new FlawException(HttpFlaw.LENGTH_AND_ENCODING);
        }
        if (encodings > 0) {
            if (minor == 0) {
                throw new FlawException(HttpFlaw.ENCODING_IN_1_0);
            }
            return Framing.CHUNKED;
        }
        return lengths > 0 ? Framing.length(length) : unframed;
    }

    private static String value(ByteBuf head, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isBlank(head.getByte(from))) {
            from++;
        }
        while (to > from && isBlank(head.getByte(to - 1))) {
            to--;
        }
        return text(head, from, to);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static String text(ByteBuf head, int from, int to) {
        return head.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }
}
