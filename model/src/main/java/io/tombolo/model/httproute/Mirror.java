package io.tombolo.model.httproute;

import io.tombolo.model.name.ServicePort;
import java.util.Optional;

/**
 * Where copies of a rule's requests go; what they are answered is of no interest.
 * @param numerator   of {@code denominator} requests so many are copied; 0 to denominator
 * @param denominator 1 to 1,000,000
 */
public record Mirror(Referred to, int numerator, int denominator) {
    private static final int MOST = 1_000_000;

    public Mirror {
        if (denominator < 1 || denominator > MOST || numerator < 0 || numerator > denominator) {
            throw RouteSyntax.bad(
                    "fraction", numerator + "/" + denominator, "write 0 to the denominator, which is 1 to " + MOST);
        }
    }

    public Mirror(ServicePort service, int numerator, int denominator) {
        this(new Referred.Port(service), numerator, denominator);
    }

    /** Where copies go; empty = nowhere. */
    public Optional<ServicePort> service() {
        return to.servicePort();
    }

    /** @param random uniform in [0, 1) */
    public boolean hits(double random) {
        return random * denominator < numerator;
    }
}
