package io.tombolo.dataplane.dns;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes replies. Pure. Never more than 512 bytes, so none is ever truncated. */
final class ReplyWriter {
    /** Longest time that a reply may be remembered, whatever it is. */
    static final int TTL_SECONDS = 5;

    private static final int MOST_BYTES = 512;
    private static final int RESPONSE = 0x8000;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int RECURSION = 0x0100;
    private static final int OPCODE_SHIFT = 11;
    private static final short TO_QUESTION = (short) 0xc00c;
    private static final short SOA = 6;
    private static final short OPT = 41;
    private static final short OUR_UDP_BYTES = 1_232;
    private static final short DNSSEC_OK = (short) 0x8000;
    private static final int REFRESH_SECONDS = 3_600;
    private static final int RETRY_SECONDS = 600;
    private static final int EXPIRE_SECONDS = 86_400;
    private static final byte[] APEX = wire("clusterset.local");
    private static final byte[] SERVER = wire("ns.clusterset.local");
    private static final byte[] MAILBOX = wire("hostmaster.clusterset.local");

    private ReplyWriter() {}

    /** @param serial of the zone: the version of the configuration */
    static byte[] write(Query query, Reply reply, long serial) {
        var out = ByteBuffer.allocate(MOST_BYTES);
        boolean address = reply instanceof Reply.Address;
        boolean soa = reply instanceof Reply.Nothing;
        int flags = RESPONSE
                | (address || soa ? AUTHORITATIVE : 0)
                | (query.recursion() ? RECURSION : 0)
                | reply.rcode().low();
        header(
                out,
                query.id(),
                flags,
                1,
                address ? 1 : 0,
                soa ? 1 : 0,
                query.edns().isPresent() ? 1 : 0);
        out.put(query.question());
        switch (reply) {
            case Reply.Address(var found) -> address(out, found.getAddress());
            case Reply.Nothing nothing -> soa(out, serial);
            case Reply.Failure failure -> {
                // there is nothing to say beside the rcode
            }
        }
        query.edns().ifPresent(edns -> edns(out, edns, reply.rcode()));
        return Arrays.copyOf(out.array(), out.position());
    }

    static byte[] write(Read.Bad bad) {
        var out = ByteBuffer.allocate(MOST_BYTES);
        int flags = RESPONSE
                | bad.opcode() << OPCODE_SHIFT
                | (bad.recursion() ? RECURSION : 0)
                | bad.rcode().low();
        header(out, bad.id(), flags, 0, 0, 0, 0);
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void header(ByteBuffer out, int... fields) {
        for (int field : fields) {
            out.putShort((short) field);
        }
    }

    private static void address(ByteBuffer out, byte[] address) {
        out.putShort(TO_QUESTION);
        record(out, (short) Query.A, address.length);
        out.put(address);
    }

    /** With the time for which "nothing" may be remembered. */
    private static void soa(ByteBuffer out, long serial) {
        out.put(APEX);
        record(out, SOA, SERVER.length + MAILBOX.length + 5 * Integer.BYTES);
        out.put(SERVER).put(MAILBOX).putInt((int) serial);
        out.putInt(REFRESH_SECONDS).putInt(RETRY_SECONDS).putInt(EXPIRE_SECONDS).putInt(TTL_SECONDS);
    }

    private static void record(ByteBuffer out, short type, int length) {
        out.putShort(type).putShort((short) Query.INTERNET).putInt(TTL_SECONDS).putShort((short) length);
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
