package io.tombolo.model.name;

import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;

/** A host name of labels (RFC 1123), lower case, no wildcard, at most 253 characters. */
public record Hostname(String text) {
    private static final int MOST = 253;

    /** Names below it belong to services, each to one. */
    private static final String CLUSTERSET = ".clusterset.local";

    public Hostname {
        boolean sound = text.length() <= MOST && !text.endsWith(".");
        for (String label : text.split("\\.", -1)) {
            sound &= Rfc1123.isLabel(label);
        }
        if (!sound) {
            throw bad(text, "is no host name", "write it in lower case, without port and final dot");
        }
    }

    /** One that a service may have beside its own: nothing that means a service by itself. */
    public static Hostname further(String text) {
        if (("." + text).endsWith(CLUSTERSET)) {
            throw bad(text, "is a service's own name, or none", "leave it out; services have those anyway");
        }
        return new Hostname(text);
    }

    private static TomboloException bad(String text, String what, String fix) {
        return new TomboloException(Fault.BAD_NAME, "hostname '" + Rfc1123.printable(text) + "'", what, fix);
    }

    @Override
    public String toString() {
        return text;
    }
}
