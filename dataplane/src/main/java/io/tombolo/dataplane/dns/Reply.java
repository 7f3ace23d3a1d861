package io.tombolo.dataplane.dns;

import java.net.Inet4Address;

/** What is said to a query. */
sealed interface Reply {
    Rcode rcode();

    /** The name has this address. */
    record Address(Inet4Address address) implements Reply {
        @Override
        public Rcode rcode() {
            return Rcode.NOERROR;
        }
    }

    /** Nothing of that type, or no such name at all; may be remembered as long as an address (RFC 2308). */
    record Nothing(boolean nameExists) implements Reply {
        @Override
        public Rcode rcode() {
            return nameExists ? Rcode.NOERROR : Rcode.NXDOMAIN;
        }
    }

    /** No answer, and why; not to be remembered. */
    record Failure(Rcode rcode) implements Reply {}
}
