package io.tombolo.model.traffic;

import java.util.Locale;

/** What of a request stays the same where its instance should stay the same. */
public sealed interface HashKey {
    /**
     * A header's value.
     * @param name in lower case
     */
    record Header(String name) implements HashKey {
        public Header {
            TrafficSyntax.token("hash.header", name);
            name = name.toLowerCase(Locale.ROOT);
        }
    }

    /** A cookie's value, if the application has set one. */
    record Cookie(String name) implements HashKey {
        public Cookie {
            TrafficSyntax.token("hash.cookie", name);
        }
    }

    /** The calling instance, and the address from which its sidecar was called. */
    record Source() implements HashKey {}
}
