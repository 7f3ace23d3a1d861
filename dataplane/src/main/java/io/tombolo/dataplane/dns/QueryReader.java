package io.tombolo.dataplane.dns;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads queries strictly: one question, no compression in it, at most the record of EDNS after it, not a byte behind. Pure; O(n).
 */
final class QueryReader {
    /** Longest message that is looked at: no question is as long. */
    static final int MAX_BYTES = 1_232;

    private static final int HEADER_BYTES = 12;
    private static final int MAX_NAME_BYTES = 255;
    private static final int MAX_LABEL_BYTES = 63;
    private static final int RESPONSE = 0x8000;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION = 0x0100;
    private static final int OPCODE_SHIFT = 11;
    private static final int OPT = 41;
    private static final int DNSSEC_OK = 0x8000;

    private QueryReader() {}

    static Read read(byte[] message) {
        if (message.length < HEADER_BYTES) {
            return new Read.Ignored();
        }
        ByteBuffer in = ByteBuffer.wrap(message);
        int id = in.getShort() & 0xffff;
        int flags = in.getShort() & 0xffff;
        int opcode = flags >> OPCODE_SHIFT & 0xf;
        boolean recursion = (flags & RECURSION) != 0;
        if ((flags & RESPONSE) != 0) {
            return new Read.Ignored();
        }
        if (opcode != 0) {
            return new Read.Bad(id, opcode, recursion, Rcode.NOTIMP);
        }
        try {
            boolean shaped = (flags & TRUNCATED) == 0 && message.length <= MAX_BYTES;
            Optional<Query> query = shaped ? body(in, id, recursion) : Optional.empty();
            return query.<Read>map(Read.Asked::new).orElseGet(() -> new Read.Bad(id, opcode, recursion, Rcode.FORMERR));
        } catch (BufferUnderflowException | IllegalArgumentException cutShort) {
            return new Read.Bad(id, opcode, recursion, Rcode.FORMERR);
        }
    }

    private static Optional<Query> body(ByteBuffer in, int id, boolean recursion) {
        int questions = in.getShort();
        int answers = in.getShort();
        int authorities = in.getShort();
        int more = in.getShort();
        if (questions != 1 || answers != 0 || authorities != 0 || more < 0 || more > 1) {
            return Optional.empty();
        }
        String name = name(in);
        int type = in.getShort() & 0xffff;
        int qclass = in.getShort() & 0xffff;
        var question = new byte[in.position() - HEADER_BYTES];
        in.get(HEADER_BYTES, question);
        Optional<Query.Edns> edns = more == 1 ? Optional.of(edns(in)) : Optional.empty();
        return in.hasRemaining()
                ? Optional.empty()
                : Optional.of(new Query(id, recursion, question, name, type, qclass, edns));
    }

    /** Letters, digits and hyphens as they are; any other byte can be in no name that we have, and becomes a question mark. */
    private static String name(ByteBuffer in) {
        int begin = in.position();
        var name = new StringBuilder();
        for (int length = in.get() & 0xff; length != 0; length = in.get() & 0xff) {
            demand(length <= MAX_LABEL_BYTES && in.position() + length - begin < MAX_NAME_BYTES);
            name.append(name.isEmpty() ? "" : ".");
            for (int i = 0; i < length; i++) {
                name.append(plain((char) (in.get() & 0xff)));
            }
        }
        return name.toString().toLowerCase(Locale.ROOT);
    }

    private static char plain(char c) {
        boolean usual =
                (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        return usual ? c : '?';
    }

    private static Query.Edns edns(ByteBuffer in) {
        demand(in.get() == 0 && in.getShort() == OPT);
        in.getShort(); // how much the client takes: more than any reply has
        in.get(); // of an rcode, which a query has not
        int version = in.get() & 0xff;
        boolean dnssecOk = (in.getShort() & DNSSEC_OK) != 0;
        int end = (in.getShort() & 0xffff) + in.position();
        while (in.position() < end) {
            in.getShort(); // an option, of which none is needed
            int length = in.getShort() & 0xffff;
            in.position(in.position() + length);
        }
        demand(in.position() == end);
        return new Query.Edns(version, dnssecOk);
    }

    private static void demand(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("malformed");
        }
    }
}
