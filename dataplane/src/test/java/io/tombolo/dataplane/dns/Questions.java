package io.tombolo.dataplane.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
     * One record that came back.
     * @param section 1 = answer, 2 = authority, 3 = additional
     * @param data    as a zone file has it
     */
    record Record(int section, String name, int type, long ttl, String data) {}

    /**
     * What came back.
     * @param rcode   with the part that EDNS has
     * @param records without that of EDNS
     */
    record Answer(int id, int flags, int rcode, List<Record> records, boolean edns, int bytes) {
        Answer {
            records = List.copyOf(records);
        }

        boolean isAuthoritative() {
            return (flags & 0x0400) != 0;
        }

        boolean isTruncated() {
            return (flags & 0x0200) != 0;
        }

        boolean offersRecursion() {
            return (flags & 0x0080) != 0;
        }

        /** Whether it says for how long there is nothing. */
        boolean soa() {
            return records.stream().anyMatch(record -> record.section() == 2 && record.type() == SOA);
        }

        /** What the answer itself is, in the order in which it came. */
        List<String> answers() {
            return data(1);
        }

        /** What was said as well, with its names. */
        List<String> additional() {
            return records.stream()
                    .filter(record -> record.section() == 3)
                    .map(record -> record.name() + " " + record.data())
                    .toList();
        }

        private List<String> data(int section) {
            return records.stream()
                    .filter(record -> record.section() == section)
                    .map(Record::data)
                    .toList();
        }

        Optional<String> address() {
            return answers().stream().findFirst();
        }

        /** Longest time for which any of it may be remembered; of an SOA what it says of "nothing". */
        long ttl() {
            return records.stream().mapToLong(Record::ttl).max().orElse(-1);
        }
    }

    static Answer read(byte[] message, byte[] asked) {
        return read(message, asked, 512);
    }

    static Answer read(byte[] message, byte[] asked, int most) {
        ByteBuffer in = ByteBuffer.wrap(message);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int questions = in.getShort();
        int[] counts = {in.getShort(), in.getShort(), in.getShort()};
        if ((flags & 0x8000) == 0 || message.length > most) {
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
        var records = new ArrayList<Record>();
        boolean edns = false;
        int high = 0;
        for (int section = 1; section <= 3; section++) {
            for (int i = 0; i < counts[section - 1]; i++) {
                String name = name(in);
                int type = in.getShort();
                in.getShort();
                int third = in.getInt();
                int end = in.getShort() + in.position();
                if (type == 41) {
                    edns = true;
                    high = third >>> 24;
                    in.position(end);
                } else {
                    records.add(record(in, section, name, type, third, end));
                }
            }
        }
        if (in.hasRemaining()) {
            throw new AssertionError("bytes behind the answer");
        }
        return new Answer(id, flags, high << 4 | flags & 0xf, records, edns, message.length);
    }

    private static Record record(ByteBuffer in, int section, String name, int type, long ttl, int end) {
        int begin = in.position();
        String data = switch (type) {
            case A, AAAA -> address(in, end - begin);
            case SRV -> in.getShort() + " " + in.getShort() + " " + (in.getShort() & 0xffff) + " " + whole(in);
            case TXT -> text(in, in.get() & 0xff);
            default -> "";
        };
        long lasts = type == SOA ? Math.max(ttl, in.getInt(end - 4)) : ttl;
        if (type == SOA) {
            in.position(end);
        }
        if (in.position() != end) {
            throw new AssertionError("a record of another length than it says");
        }
        return new Record(section, name, type, lasts, data);
    }

    private static String address(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException notAnAddress) {
            throw new AssertionError(notAnAddress);
        }
    }

    /** A target, which is never compressed (RFC 2782). */
    private static String whole(ByteBuffer in) {
        int begin = in.position();
        String name = name(in);
        if (in.position() - begin != name.length() + 2) {
            throw new AssertionError("a compressed target");
        }
        return name;
    }

    private static String text(ByteBuffer in, int length) {
        var bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    private static String name(ByteBuffer in) {
        var name = new StringBuilder();
        for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
            if (length >= 0xc0) {
                int back = (length & 0x3f) << 8 | in.get() & 0xff;
                return name + (name.isEmpty() ? "" : ".") + name(in.duplicate().position(back));
            }
            name.append(name.isEmpty() ? "" : ".").append(text(in, length));
        }
        return name.toString();
    }
}
