package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an instance of a service is called, whichever process it is now, such as {@code mysql-0}: the {@code <hostname>} of names of the
 * clusterset (KEP-1645, MCS DNS specification 1.0.0). What it says of itself proves nothing.
 * @param label one label (RFC 1123), lower case, 1 to 63 characters; none in the form of an {@link InstanceId}: in a name that stands for
 *              an id, and for nobody else
 */
public record InstanceHostname(String label) implements Comparable<InstanceHostname> {
    public InstanceHostname {
        Rfc1123.label("hostname", label);
        if (InstanceId.isInstanceId(label)) {
            throw new TomboloException(
                    Fault.BAD_NAME,
                    "hostname '" + label + "'",
                    "has the form of an instance id",
                    "use a name that is not 13 characters of a-z and 2-7, such as one with a - in it");
        }
    }

    /** Whether {@code text} can be one. */
    public static boolean isHostname(String text) {
        return Rfc1123.isLabel(text) && !InstanceId.isInstanceId(text);
    }

    /** What a stranger says; what cannot be one is none. */
    public static Optional<InstanceHostname> ofText(String text) {
        return isHostname(text) ? Optional.of(new InstanceHostname(text)) : Optional.empty();
    }

    /**
     * Those that somebody is known by: what two say is nobody's.
     * @param said by the ready instances of one service in one cluster
     */
    public static Set<InstanceHostname> unshared(Stream<InstanceHostname> said) {
        return counted(said, false);
    }

    /** Those that more than one say. */
    public static Set<InstanceHostname> shared(Stream<InstanceHostname> said) {
        return counted(said, true);
    }

    private static Set<InstanceHostname> counted(Stream<InstanceHostname> said, boolean wantShared) {
        var once = new HashSet<InstanceHostname>();
        var shared = new HashSet<InstanceHostname>();
        said.filter(each -> !once.add(each)).forEach(shared::add);
        once.removeAll(shared);
        return Set.copyOf(wantShared ? shared : once);
    }

    @Override
    public int compareTo(InstanceHostname other) {
        return label.compareTo(other.label);
    }

    @Override
    public String toString() {
        return label;
    }
}
