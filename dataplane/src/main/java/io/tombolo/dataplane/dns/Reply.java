package io.tombolo.dataplane.dns;

import java.net.InetAddress;
import java.util.List;

/** What is said to a query. */
sealed interface Reply {
    Rcode rcode();

    /** The name has these records, of the type that was asked for; at least one. */
    record Found(List<Answer> answers) implements Reply {
        public Found {
            answers = List.copyOf(answers);
        }

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

    /** One record of the name that was asked for. */
    sealed interface Answer {
        /** A, or AAAA. */
        record Address(InetAddress address) implements Answer {}

        /**
         * SRV.
         * @param target    a name, lower case, without the final dot
         * @param addresses of the target, to be said as well if there is room
         */
        record Server(int port, String target, List<InetAddress> addresses) implements Answer {
            public Server {
                addresses = List.copyOf(addresses);
            }
        }

        /** TXT; up to 255 characters of ASCII. */
        record Text(String text) implements Answer {}
    }
}
