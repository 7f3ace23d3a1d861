package io.tombolo.dataplane.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A resolver's side, written from RFC 1035 and not from the code that is tested. */
final class Questions {
    static final int A = 1;
    static final int SOA = 6;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int SRV = 33;
    static final int ANY = 255;
    static final int ID = 0xbeef;

    private Questions() {}

    static byte[] plain(String name, int type) {
        return of(0x0100, name, type, 1, new byte[0]);
    }

    static byte[] withEdns(String name, int type, int version) {
        byte[] opt = {0, 0, 41, 0x10, 0, 0, (byte) version, (byte) 0x80, 0, 0, 0};
        return of(0x0100, name, type, 1, opt);
    }

    static byte[] of(int flags, String name, int type, int qclass, byte[] additional) {
        var out = ByteBuffer.allocate(1_024);
        out.putShort((short) ID).putShort((short) flags).putShort((short) 1).putInt(0);
        out.putShort((short) (additional.length > 0 ? 1 : 0));
        for (String label : name.isEmpty() ? new String[0] : name.split("\\.")) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        out.put((byte) 0).putShort((short) type).putShort((short) qclass).put(additional);
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * What came back.
     * @param address of the first answer
     * @param ttl     of the first answer, or of the SOA that says how long "nothing" holds
     */
    record Answer(int id, int flags, int rcode, Optional<String> address, long ttl, boolean soa, boolean edns) {
        boolean isAuthoritative() {
            return (flags & 0x0400) != 0;
        }
    }

    static Answer read(byte[] message, byte[] asked) {
        ByteBuffer in = ByteBuffer.wrap(message);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort();
        int answers = in.getShort();
        int authorities = in.getShort();
        int more = in.getShort();
        if ((flags & 0x8000) == 0 || message.length > 512) {
            throw new AssertionError("no answer, or one that is too long");
        }
        if (questions == 1) {
            int begin = in.position();
            name(in);
            in.getInt();
            if (Arrays.mismatch(message, begin, in.position(), asked, begin, in.position()) >= 0) {
                throw new AssertionError("the question was not said back as it was asked");
            }
        }
        Optional<String> address = Optional.empty();
        long ttl = -1;
        boolean edns = false;
        int high = 0;
        for (int i = 0; i < answers + authorities + more; i++) {
            name(in);
            int type = in.getShort();
            in.getShort();
            int third = in.getInt();
            var data = new byte[in.getShort()];
            in.get(data);
            if (type == 41) {
                edns = true;
                high = third >>> 24;
            } else {
                ttl = third;
            }
            if (type == A) {
                address = Optional.of(
                        (data[0] & 0xff) + "." + (data[1] & 0xff) + "." + (data[2] & 0xff) + "." + (data[3] & 0xff));
            }
            if (type == SOA) {
                ttl = Math.max(ttl, ByteBuffer.wrap(data).getInt(data.length - 4));
            }
        }
        if (in.hasRemaining()) {
            throw new AssertionError("bytes behind the answer");
        }
        return new Answer(id, flags, high << 4 | flags & 0xf, address, ttl, authorities == 1, edns);
    }

    private static void name(ByteBuffer in) {
        for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
            if (length >= 0xc0) {
                in.get();
                return;
            }
            in.position(in.position() + length);
        }
    }
}
