package io.tombolo.dataplane.exchange;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Frames of HTTP/2 as text, so that what is spoiled in it is mostly still frames: {@code H1e=:method=GET|…;D1=body;R1=8}, each a
 * letter, a stream, flags, and what the frame holds. Flags: {@code e} ends the stream, {@code c} the header list goes on,
 * {@code a} an acknowledgement, {@code p} padded, {@code r} with a priority, {@code x} what it holds are bytes, {@code l} one
 * byte more than its length says. Whatever is no such thing is bytes.
 */
final class Http2Script {
    private static final Pattern STEP = Pattern.compile("([A-Z])([0-9]{0,9})([a-z]*)=(.*)", Pattern.DOTALL);
    private static final String LETTERS = "DHYRSUPGWC";
    private static final int PADDED = 8;
    private static final int PRIORITY = 32;
    private static final int UNKNOWN = 0x20;
    private static final int PING_BYTES = 8;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Http2Script() {}

    static byte[] bytes(String text) {
        var script = new Http2Script();
        for (String step : text.split(";", -1)) {
            Matcher said = STEP.matcher(step);
            if (said.matches()) {
                script.frame(said.group(1).charAt(0), number(said.group(2)), said.group(3), said.group(4));
            } else {
                script.out.writeBytes(latin(step));
            }
        }
        return script.out.toByteArray();
    }

    private void frame(char letter, int stream, String flags, String holds) {
        if (letter == 'B') {
            out.writeBytes(latin(holds));
            return;
        }
        byte[] payload = flags.indexOf('x') >= 0 ? latin(holds) : payload(letter, holds);
        int bits = flags.indexOf('e') >= 0 || flags.indexOf('a') >= 0 ? RawHttp2.END_STREAM : 0;
        if ("HCU".indexOf(letter) >= 0 && flags.indexOf('c') < 0) {
            bits |= RawHttp2.END_HEADERS;
        }
        if (flags.indexOf('r') >= 0) {
            bits |= PRIORITY;
            payload = joined(new byte[] {0, 0, 0, 0, 15}, payload);
        }
        if (flags.indexOf('p') >= 0) {
            bits |= PADDED;
            payload = joined(joined(new byte[] {3}, payload), new byte[3]);
        }
        int type = LETTERS.indexOf(letter) < 0 ? UNKNOWN : LETTERS.indexOf(letter);
        int length = payload.length + (flags.indexOf('l') >= 0 ? -1 : 0);
        out.writeBytes(ByteBuffer.allocate(9)
                .putInt((Math.max(0, length) << 8) | type)
                .put((byte) bits)
                .putInt(stream)
                .array());
        out.writeBytes(payload);
    }

    private static byte[] payload(char letter, String holds) {
        return switch (letter) {
            case 'H', 'C' -> fields(holds);
            case 'U' -> joined(new byte[] {0, 0, 0, 2}, fields(holds));
            case 'R', 'W' -> four(holds);
            case 'Y' -> joined(four(holds), new byte[] {7});
            case 'P' -> Arrays.copyOf(latin(holds), PING_BYTES);
            case 'G' -> pairs(holds, 4);
            case 'S' -> holds.isEmpty() ? new byte[0] : pairs(holds, 2);
            default -> latin(holds);
        };
    }

    private static byte[] fields(String holds) {
        var block = new ByteArrayOutputStream();
        for (String field : holds.split("\\|", -1)) {
            int equals = field.indexOf('=', 1);
            block.writeBytes(
                    equals < 0
                            ? latin(field)
                            : RawHttp2.block(field.substring(0, equals), field.substring(equals + 1)));
        }
        return block.toByteArray();
    }

    /** {@code n:m,…}, the first in {@code bytes} bytes, the second in four. */
    private static byte[] pairs(String holds, int bytes) {
        var all = new ByteArrayOutputStream();
        for (String pair : holds.split(",", -1)) {
            int colon = Math.max(0, pair.indexOf(':'));
            all.writeBytes(Arrays.copyOfRange(four(pair.substring(0, colon)), 4 - bytes, 4));
            all.writeBytes(four(pair.substring(Math.min(pair.length(), colon + 1))));
        }
        return all.toByteArray();
    }

    private static byte[] four(String holds) {
        return ByteBuffer.allocate(4).putInt(number(holds)).array();
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,10}") ? (int) Long.parseLong(digits) : 0;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
