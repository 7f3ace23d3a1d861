package io.tombolo.dataplane.dns;

/** How a reply turned out (RFC 1035 §4.1.1, RFC 6891 §9). */
enum Rcode {
    NOERROR(0),
    FORMERR(1),
    SERVFAIL(2),
    NXDOMAIN(3),
    NOTIMP(4),
    REFUSED(5),
    BADVERS(16);

    private static final int LOW_BITS = 4;

    private final int number;

    Rcode(int number) {
        this.number = number;
    }

    /** What the header has room for. */
    int low() {
        return number & 0xf;
    }

    /** The rest, which goes into EDNS. */
    int high() {
        return number >> LOW_BITS;
    }
}
