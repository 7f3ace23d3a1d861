package io.tombolo.dataplane.dns;

import java.util.Optional;

/**
 * One question, as a client asked it.
 * @param id       0 to 65535, of the client's choice
 * @param recursion whether it would like others to be asked; said back to it
 * @param question the bytes of name, type and class as they came: their case is said back to it
 * @param name     lower case, without the final dot; empty for the root
 * @param type     such as {@link #A}
 * @param qclass   such as {@link #INTERNET}
 * @param edns     if the client speaks it
 */
record Query(int id, boolean recursion, byte[] question, String name, int type, int qclass, Optional<Edns> edns) {
    static final int A = 1;
    static final int TXT = 16;
    static final int AAAA = 28;
    static final int SRV = 33;
    static final int IXFR = 251;
    static final int AXFR = 252;
    static final int INTERNET = 1;

    /**
     * The extension of RFC 6891.
     * @param version  0 is the only one there is
     * @param dnssecOk said back to the client
     */
    record Edns(int version, boolean dnssecOk) {}
}
