package io.tombolo.dataplane.dns;

import io.tombolo.dataplane.dns.Reply.Answer;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes replies. Pure. What does not fit is said to be left out, so that the client asks again by stream. */
final class ReplyWriter {
    /** Longest time that a reply may be remembered, but for the version. */
    static final int TTL_SECONDS = 5;

    /** The specification's own number for the version. */
    static final int VERSION_TTL_SECONDS = 28_800;

    /** Most bytes of a datagram, whatever the client says that it takes: a question of somebody else's must not be worth much. */
    static final int DATAGRAM_BYTES = 512;

    /** Most bytes of a reply by stream: what the longest names and all instances of an answer need. */
    static final int STREAM_BYTES = 8_192;

    private static final int HEADER_BYTES = 12;
    private static final int ANSWER_COUNT = 6;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION = 0x0100;
    private static final int OPCODE_SHIFT = 11;
    private static final int POINTER = 0xc000;
    private static final short SOA = 6;
    private static final short OPT = 41;
    private static final int OPT_BYTES = 11;
    private static final int RECORD_BYTES = 12;
    private static final short OUR_UDP_BYTES = 1_232;
    private static final short DNSSEC_OK = (short) 0x8000;
    private static final int REFRESH_SECONDS = 3_600;
    private static final int RETRY_SECONDS = 600;
    private static final int EXPIRE_SECONDS = 86_400;
    private static final int SRV_FIELDS_BYTES = 6;
    private static final short SRV_PRIORITY = 0;
    private static final short SRV_WEIGHT = 100;
    private static final byte[] APEX = wire(ZoneName.APEX);
    private static final byte[] SERVER = wire("ns." + ZoneName.APEX);
    private static final byte[] MAILBOX = wire("hostmaster." + ZoneName.APEX);

    private ReplyWriter() {}

    /**
     * One reply.
     * @param serial of the zone
     * @param most   bytes of it
     */
    static byte[] write(Query query, Reply reply, long serial, int most) {
        var out = ByteBuffer.allocate(most);
        boolean soa = reply instanceof Reply.Nothing;
        int flags = RESPONSE
                | (soa || reply instanceof Reply.Found ? AUTHORITATIVE : 0)
                | (query.recursion() ? RECURSION : 0)
                | reply.rcode().low();
        int edns = query.edns().isPresent() ? 1 : 0;
        header(out, query.id(), flags, 1, 0, soa ? 1 : 0, edns);
        out.put(query.question());
        switch (reply) {
            case Reply.Found(List<Answer> answers) -> answers(out, answers, edns, most - edns * OPT_BYTES);
            case Reply.Nothing nothing -> soa(out, serial);
            case Reply.Failure failure -> {
                // there is nothing to say beside the rcode
            }
        }
        query.edns().ifPresent(asked -> edns(out, asked, reply.rcode()));
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Whether something was left out of it. */
    static boolean isTruncated(byte[] reply) {
        return (reply[2] & TRUNCATED >> Byte.SIZE) != 0;
    }

    static byte[] write(Read.Bad bad) {
        var out = ByteBuffer.allocate(HEADER_BYTES);
        int flags = RESPONSE
                | bad.opcode() << OPCODE_SHIFT
                | (bad.recursion() ? RECURSION : 0)
                | bad.rcode().low();
        header(out, bad.id(), flags, 0, 0, 0, 0);
        return out.array();
    }

    private static void header(ByteBuffer out, int... fields) {
        for (int field : fields) {
            out.putShort((short) field);
        }
    }

    /** All of them or none: half a set would be taken for the whole (RFC 2181 §9). Addresses of targets as room is left. */
    private static void answers(ByteBuffer out, List<Answer> answers, int records, int most) {
        int begin = out.position();
        var targets = new ArrayList<Integer>();
        for (Answer answer : answers) {
            if (out.position() + size(answer) > most) {
                out.position(begin);
                out.putShort(2, (short) (out.getShort(2) | TRUNCATED));
                return;
            }
            out.putShort((short) (POINTER | HEADER_BYTES));
            targets.add(write(out, answer));
        }
        out.putShort(ANSWER_COUNT, (short) answers.size());
        int more = 0;
        for (int i = 0; i < answers.size(); i++) {
            if (answers.get(i) instanceof Answer.Server(int _, String _, List<InetAddress> addresses)) {
                for (InetAddress address : addresses) {
                    if (out.position() + size(new Answer.Address(address)) <= most) {
                        out.putShort((short) (POINTER | targets.get(i)));
                        address(out, address);
                        more++;
                    }
                }
            }
        }
        out.putShort(ANSWER_COUNT + 2 * Short.BYTES, (short) (records + more));
    }

    private static int size(Answer answer) {
        return RECORD_BYTES
                + switch (answer) {
                    case Answer.Address(InetAddress address) -> address.getAddress().length;
                    case Answer.Server(int _, String target, List<InetAddress> _) ->
                        SRV_FIELDS_BYTES + target.length() + 2;
                    case Answer.Text(String text) -> text.length() + 1;
                };
    }

    /** @return where the name is that it leads to; 0 = to none */
    private static int write(ByteBuffer out, Answer answer) {
        switch (answer) {
            case Answer.Address(InetAddress address) -> address(out, address);
            case Answer.Text(String text) -> {
                record(out, (short) Query.TXT, VERSION_TTL_SECONDS, text.length() + 1);
                out.put((byte) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
            }
            case Answer.Server(int port, String target, List<InetAddress> _) -> {
                byte[] name = wire(target); // never compressed here (RFC 2782)
                record(out, (short) Query.SRV, TTL_SECONDS, SRV_FIELDS_BYTES + name.length);
                out.putShort(SRV_PRIORITY).putShort(SRV_WEIGHT).putShort((short) port);
                int at = out.position();
                out.put(name);
                return at;
            }
        }
        return 0;
    }

    private static void address(ByteBuffer out, InetAddress address) {
        byte[] bytes = address.getAddress();
        record(out, (short) (address instanceof Inet4Address ? Query.A : Query.AAAA), TTL_SECONDS, bytes.length);
        out.put(bytes);
    }

    /** With the time for which "nothing" may be remembered. */
    private static void soa(ByteBuffer out, long serial) {
        out.put(APEX);
        record(out, SOA, TTL_SECONDS, SERVER.length + MAILBOX.length + 5 * Integer.BYTES);
        out.put(SERVER).put(MAILBOX).putInt((int) serial);
        out.putInt(REFRESH_SECONDS).putInt(RETRY_SECONDS).putInt(EXPIRE_SECONDS).putInt(TTL_SECONDS);
    }

    private static void record(ByteBuffer out, short type, int ttlSeconds, int length) {
        out.putShort(type).putShort((short) Query.INTERNET).putInt(ttlSeconds).putShort((short) length);
    }

    private static void edns(ByteBuffer out, Query.Edns edns, Rcode rcode) {
        out.put((byte) 0).putShort(OPT).putShort(OUR_UDP_BYTES);
        out.put((byte) rcode.high()).put((byte) 0);
        out.putShort(edns.dnssecOk() ? DNSSEC_OK : 0).putShort((short) 0);
    }

    private static byte[] wire(String name) {
        var out = ByteBuffer.allocate(name.length() + 2);
        for (String label : name.split("\\.")) {
            out.put((byte) label.length()).put(label.getBytes(StandardCharsets.US_ASCII));
        }
        return out.put((byte) 0).array();
    }
}
